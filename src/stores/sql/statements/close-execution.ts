import type { Summary } from '../../../kernel/machine.ts';
import type { ExecutionDelta } from '../../../kernel/store.ts';
import type { Value, Write } from '../script.ts';

const insert = `insert into closed_execution (shard, id, scope, name, started_at, ended_at, expires_at, status,
    vendor_status, type, type_version, tags, detail, version, event_count, state)
  select shard, id, scope, name, started_at, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from open_execution
  where shard = ? and id = ?`;

const remove = 'delete from open_execution where shard = ? and id = ?';

/** Moves open executions to the closed ones. */
export const closeExecutions = (rows: readonly (readonly Value[])[]): readonly Write[] => [
  { sql: insert, rows, conflict: 'the end of an execution that is not open' },
  { sql: remove, rows: rows.map((row) => row.slice(-2)) },
];

export const closedRow = (
  shard: number,
  { id, row, snapshot }: ExecutionDelta,
  summary: Summary & { readonly endedAt: number },
): Value[] => [
  summary.endedAt,
  summary.expiresAt ?? null,
  summary.status,
  summary.vendorStatus,
  summary.type,
  summary.typeVersion ?? null,
  JSON.stringify(summary.tags),
  summary.detail === undefined ? null : JSON.stringify(summary.detail),
  row.version,
  row.firstEvent + row.eventCount - 1,
  snapshot ?? 'null',
  shard,
  id,
];
