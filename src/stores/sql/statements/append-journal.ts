import type { ExecutionDelta } from '../../../kernel/store.ts';
import { pack } from '../packed-text.ts';
import type { Value, Write } from '../script.ts';

// A row out of turn has no version, which the column refuses: that costs half of an insert that selects from its own table.
const sql = `insert into journal (shard, execution, version, time, first_event, event_count, events, notes)
  values (?1, ?2, case when ?3 - 1 = coalesce((
    select version from journal where execution = ?2 and shard = ?1
    order by first_event desc, version desc limit 1
  ), 0) then ?3 end, ?4, ?5, ?6, ?7, ?8)`;

export const appendJournal = (rows: readonly (readonly Value[])[]): Write => ({
  sql,
  rows,
  conflict: 'a journal row does not follow the last one of its execution',
});

export const journalRow = (shard: number, { id, row }: ExecutionDelta): Value[] => [
  shard,
  id,
  row.version,
  row.time,
  row.firstEvent,
  row.eventCount,
  pack(row.events),
  row.notes === undefined ? null : pack(row.notes),
];
