import type { Status } from '../../../kernel/machine.ts';
import type { ClosedExecution, ExecutionHead } from '../../../kernel/store.ts';
import type { Query } from '../script.ts';

/** A closed execution as the database gives it. */
export interface StoredClosed extends ExecutionHead {
  readonly endedAt: number;
  readonly expiresAt: number | null;
  readonly status: Status;
  readonly vendorStatus: string;
  readonly type: string;
  readonly typeVersion: string | null;
  readonly tags: string;
  readonly detail: string | null;
  readonly version: number;
  readonly eventCount: number;
  readonly state: string;
}

/** Everything of a closed execution, to be followed by a condition. */
export const selectClosed = `select e.id as "id", s.api as "api", s.scope as "scope", e.name as "name",
    e.started_at as "startedAt", e.ended_at as "endedAt", e.expires_at as "expiresAt", e.status as "status",
    e.vendor_status as "vendorStatus", e.type as "type", e.type_version as "typeVersion", e.tags as "tags",
    e.detail as "detail", e.version as "version", e.event_count as "eventCount", e.state as "state"
  from closed_execution as e join scope as s on s.number = e.scope`;

export const readClosed = (shard: number, id: string): Query<StoredClosed> => ({
  sql: `${selectClosed} where e.id = ?2 and e.shard = ?1`,
  values: [shard, id],
});

export const toClosed = (row: StoredClosed): ClosedExecution => ({
  id: row.id,
  api: row.api,
  scope: row.scope,
  name: row.name,
  startedAt: row.startedAt,
  version: row.version,
  eventCount: row.eventCount,
  summary: {
    status: row.status,
    vendorStatus: row.vendorStatus,
    type: row.type,
    ...(row.typeVersion !== null && { typeVersion: row.typeVersion }),
    tags: JSON.parse(row.tags),
    endedAt: row.endedAt,
    ...(row.expiresAt !== null && { expiresAt: row.expiresAt }),
    ...(row.detail !== null && { detail: JSON.parse(row.detail) }),
  },
  state: row.state,
});
