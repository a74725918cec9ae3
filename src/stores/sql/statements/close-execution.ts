import type { Summary } from '../../../kernel/machine.ts';
import type { ExecutionDelta } from '../../../kernel/store.ts';
import type { Value, Write } from '../script.ts';

const open = (column: string): string =>
  `(select ${column} from open_execution where shard = ?1 and id = ?2)`;

// What is not open has no scope, which the column refuses: that costs less than an insert that selects.
const insert = `insert into closed_execution (shard, id, scope, name, started_at, ended_at, expires_at, status,
    vendor_status, type, type_version, tags, detail, version, event_count, state)
  values (?1, ?2, ${open('scope')}, ${open('name')}, ${open('started_at')}, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)`;

const remove = 'delete from open_execution where shard = ? and id = ?';

/** Moves open executions to the closed ones. */
export const closeExecutions = (rows: readonly (readonly Value[])[]): readonly Write[] => [
  { sql: insert, rows, conflict: 'the end of an execution that is not open' },
  { sql: remove, rows: rows.map((row) => row.slice(0, 2)) },
];

export const closedRow = (
  shard: number,
  { id, row, snapshot }: ExecutionDelta,
  summary: Summary & { readonly endedAt: number },
): Value[] => [
  shard,
  id,
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
];
