import type { RecordDelta } from '../../../kernel/store.ts';
import type { Write } from '../script.ts';

const insert = `insert into record (shard, collection, id, version, document) values (?, ?, ?, ?, ?)
  on conflict (shard, collection, id) do nothing`;
const update = `update record set version = ?, document = ?
  where shard = ? and collection = ? and id = ? and version = ? - 1`;
const remove = 'delete from record where shard = ? and collection = ? and id = ? and version = ? - 1';

const conflict = 'a record was written by someone else in between';

export function writeRecord(shard: number, delta: RecordDelta): Write {
  const { collection, id, version, document } = delta;
  if (document === undefined) return { sql: remove, rows: [[shard, collection, id, version]], conflict };
  if (version === 1) return { sql: insert, rows: [[shard, collection, id, version, document]], conflict };
  return { sql: update, rows: [[version, document, shard, collection, id, version]], conflict };
}
