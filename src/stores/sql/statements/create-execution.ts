import type { ExecutionDelta } from '../../../kernel/store.ts';
import type { Value, Write } from '../script.ts';

const sql = `insert into open_execution (shard, id, scope, name, started_at, version, time, next_event)
  values (?, ?, ?, ?, ?, 0, 0, 1)`;

export const createExecutions = (rows: readonly (readonly Value[])[]): Write => ({ sql, rows });

export const createdRow = (
  shard: number,
  id: string,
  created: NonNullable<ExecutionDelta['created']> & { readonly scopeNumber: number },
): Value[] => [shard, id, created.scopeNumber, created.name, created.startedAt];
