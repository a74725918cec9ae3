import type { Value, Write } from '../script.ts';

const closed = `delete from closed_execution where id = ?2 and shard = ?1`;
const journal = `delete from journal where execution = ?2 and shard = ?1`;

/** Removes closed executions with all their rows, each given by shard and id. */
export const forgetExecutions = (rows: readonly (readonly Value[])[]): readonly Write[] => [
  { sql: closed, rows },
  { sql: journal, rows },
];
