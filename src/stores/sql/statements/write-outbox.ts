import type { ShardBatch } from '../../../kernel/store.ts';
import type { Write } from '../script.ts';

const send = 'insert into outbox (shard, sequence, target_shard, message) values (?, ?, ?, ?)';
const remove = 'delete from outbox where shard = ? and sequence = ?';
const advance = `insert into cursor (shard, source, sequence) values (?, ?, ?)
  on conflict (shard, source) do update set sequence = excluded.sequence`;

/** Messages sent, messages delivered, and what has been received from others. */
export const writeOutbox = ({ shard, sent, delivered, cursors }: ShardBatch): readonly Write[] => [
  { sql: send, rows: sent.map((row) => [shard, row.sequence, row.targetShard, row.message]) },
  { sql: remove, rows: delivered.map((sequence) => [shard, sequence]) },
  { sql: advance, rows: cursors.map(({ source, sequence }) => [shard, source, sequence]) },
];
