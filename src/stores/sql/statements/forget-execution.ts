import type { Write } from '../script.ts';

const closed = `delete from closed_execution where id = ?2 and shard = ?1`;
const journal = `delete from journal where execution = ?2 and shard = ?1`;

export function forgetExecutions(shard: number, ids: readonly string[]): readonly Write[] {
  const rows = ids.map((id) => [shard, id]);
  return [
    { sql: closed, rows },
    { sql: journal, rows },
  ];
}
