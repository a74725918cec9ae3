import type { Write } from '../script.ts';
import { timeFirst } from './time-first.ts';

const closed = `delete from closed_execution where ${timeFirst('id')} = ${timeFirst('?2')} and shard = ?1`;
const journal = `delete from journal where ${timeFirst('execution')} = ${timeFirst('?2')} and shard = ?1`;

export function forgetExecutions(shard: number, ids: readonly string[]): readonly Write[] {
  const rows = ids.map((id) => [shard, id]);
  return [
    { sql: closed, rows },
    { sql: journal, rows },
  ];
}
