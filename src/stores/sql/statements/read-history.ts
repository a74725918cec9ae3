import type { HistoryQuery, JournalRow } from '../../../kernel/store.ts';
import { unpack } from '../packed-text.ts';
import type { Query } from '../script.ts';

/** A journal row as the database gives it. */
export interface StoredJournalRow extends Omit<JournalRow, 'events' | 'notes'> {
  readonly events: string | Uint8Array;
  readonly notes: string | Uint8Array | null;
}

export const journalColumns = `journal.version as "version", journal.time as "time", journal.first_event as "firstEvent",
  journal.event_count as "eventCount", journal.events as "events", journal.notes as "notes"`;

export const toJournalRow = (row: StoredJournalRow): JournalRow => ({
  version: row.version,
  time: row.time,
  firstEvent: row.firstEvent,
  eventCount: row.eventCount,
  events: unpack(row.events),
  ...(row.notes !== null && { notes: unpack(row.notes) }),
});

const ofExecution = `execution = ?2 and shard = ?1`;

/** Begins at the last row whose first event is not behind `from`: the one that holds it, if any does. */
const sql = `select ${journalColumns} from journal
  where ${ofExecution} and first_event <= ?4 and event_count > 0
    and first_event >= coalesce((
      select first_event from journal where ${ofExecution} and first_event <= ?3
      order by first_event desc limit 1
    ), 0)
  order by first_event, version`;

export const readHistory = ({ shard, id, from, to }: HistoryQuery): Query<StoredJournalRow> => ({
  sql,
  values: [shard, id, from, to],
});
