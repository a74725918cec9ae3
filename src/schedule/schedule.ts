import { type Cron, nextCronTime, readCron } from './cron.ts';
import { ScheduleError } from './schedule-error.ts';
import { findZone, utc } from './zone.ts';

/** When something is due again and again. */
export type Schedule =
  | { readonly kind: 'every'; readonly milliseconds: number }
  | { readonly kind: 'cron'; readonly cron: Cron };

const EVERY = /^@every\s+(\d{1,7})m$/;
const IN_ZONE = /^CRON_TZ=(\S+)\s+(.*)$/s;

/** Reads `@every 5m`, six cron fields in UTC, or `CRON_TZ=Area/City` and six fields; throws `ScheduleError`. */
export function readSchedule(text: string): Schedule {
  if (text.startsWith('@')) return { kind: 'every', milliseconds: intervalOf(text) };
  const [, zone, fields] = IN_ZONE.exec(text) ?? [];
  const cron = zone === undefined ? readCron(text, utc) : readCron(fields ?? '', findZone(zone));
  return { kind: 'cron', cron };
}

function intervalOf(text: string): number {
  const [, minutes = '0'] = EVERY.exec(text.trimEnd()) ?? [];
  if (Number(minutes) > 0) return Number(minutes) * 60_000;
  throw new ScheduleError(`an interval is a whole number of minutes, as in "@every 5m", not "${text}"`);
}

/** The first due time behind `after`, in epoch milliseconds; intervals count from `anchor`. Undefined for never. */
export function nextTime(schedule: Schedule, anchor: number, after: number): number | undefined {
  if (schedule.kind === 'cron') return nextCronTime(schedule.cron, after);
  const { milliseconds } = schedule;
  return anchor + (Math.max(0, Math.floor((after - anchor) / milliseconds)) + 1) * milliseconds;
}

/** The last due time until `until`, of which `first` is an earlier one or the same. */
export function latestTime(schedule: Schedule, anchor: number, { first, until }: Span): number {
  let latest = first;
  let end = until;
  // Whether something is due between a time and the end is true up to the latest one, and false from there on.
  while (latest < end) {
    const middle = Math.floor((latest + end) / 2);
    const next = nextTime(schedule, anchor, middle);
    if (next === undefined || next > until) end = middle;
    else latest = next;
  }
  return latest;
}

interface Span {
  readonly first: number;
  readonly until: number;
}
