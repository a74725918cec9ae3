import type { Cursor, ExecutionHead, OutboxRow, RecordDelta } from '../../../kernel/store.ts';
import type { Query } from '../script.ts';
import type { StoredJournalRow } from './read-history.ts';
import { journalColumns } from './read-history.ts';

/** An open execution as the database gives it; `state` is null before the first snapshot. */
export interface StoredOpen extends ExecutionHead {
  readonly version: number;
  readonly time: number;
  readonly nextEvent: number;
  readonly state: string | Uint8Array | null;
}

const selectOpen = `select e.id as "id", s.api as "api", s.scope as "scope", e.name as "name",
    e.started_at as "startedAt", e.version as "version", e.time as "time", e.next_event as "nextEvent", e.state as "state"
  from open_execution as e join scope as s on s.number = e.scope`;

/** The rows behind the snapshots; a snapshot's own row may end where the next begins, hence both conditions. */
const selectRows = `select e.id as "id", ${journalColumns}
  from open_execution as e join journal on journal.execution = e.id and journal.shard = e.shard
    and journal.first_event >= e.next_event and journal.version > e.version`;

export const loadExecutions = (shard: number): Query<StoredOpen> => ({
  sql: `${selectOpen} where e.shard = ? order by e.id`,
  values: [shard],
});

export const loadRows = (shard: number): Query<StoredJournalRow & { readonly id: string }> => ({
  sql: `${selectRows} where e.shard = ? order by e.id, journal.first_event, journal.version`,
  values: [shard],
});

export const readOpen = (shard: number, id: string): Query<StoredOpen> => ({
  sql: `${selectOpen} where e.shard = ? and e.id = ?`,
  values: [shard, id],
});

export const readOpenRows = (shard: number, id: string): Query<StoredJournalRow> => ({
  sql: `${selectRows} where e.shard = ? and e.id = ? order by journal.first_event, journal.version`,
  values: [shard, id],
});

export const loadRecords = (shard: number): Query<Required<RecordDelta>> => ({
  sql: 'select collection, id, version, document from record where shard = ? order by collection, id',
  values: [shard],
});

export const loadOutbox = (shard: number): Query<OutboxRow> => ({
  sql: `select sequence, target_shard as "targetShard", message from outbox where shard = ? order by sequence`,
  values: [shard],
});

export const loadCursors = (shard: number): Query<Cursor> => ({
  sql: 'select source, sequence from cursor where shard = ? order by source',
  values: [shard],
});
