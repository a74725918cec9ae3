import type { Write } from '../script.ts';

const closed = 'delete from closed_execution where shard = ? and id = ?';
const journal = 'delete from journal where shard = ? and execution = ?';

export function forgetExecutions(shard: number, ids: readonly string[]): readonly Write[] {
  const rows = ids.map((id) => [shard, id]);
  return [
    { sql: closed, rows },
    { sql: journal, rows },
  ];
}
