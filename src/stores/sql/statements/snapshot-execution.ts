import type { ExecutionDelta } from '../../../kernel/store.ts';
import { pack } from '../packed-text.ts';
import type { Value, Write } from '../script.ts';

const sql =
  'update open_execution set version = ?, time = ?, next_event = ?, state = ? where shard = ? and id = ?';

export const snapshotExecutions = (rows: readonly (readonly Value[])[]): Write => ({
  sql,
  rows,
  conflict: 'a snapshot of an execution that is not open',
});

export const snapshotRow = (shard: number, { id, row }: ExecutionDelta, state: string): Value[] => [
  row.version,
  row.time,
  row.firstEvent + row.eventCount,
  pack(state),
  shard,
  id,
];
