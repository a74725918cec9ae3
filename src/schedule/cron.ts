import { type Field, type FieldRule, readField } from './field.ts';
import { ScheduleError } from './schedule-error.ts';
import type { Zone } from './zone.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The longest way to a day that exists: a 29th of February over a century that is no leap year. */
const MOST_DAYS = 9 * 366;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

const RULES: readonly FieldRule[] = [
  { name: 'the field of seconds', min: 0, max: 59, signs: '' },
  { name: 'the field of minutes', min: 0, max: 59, signs: ',-*/' },
  { name: 'the field of hours', min: 0, max: 23, signs: ',-*/' },
  { name: 'the field of days of the month', min: 1, max: 31, signs: ',-*?/' },
  { name: 'the field of months', min: 1, max: 12, words: MONTHS, signs: ',-*/' },
  { name: 'the field of days of the week', min: 1, max: 7, words: WEEKDAYS, signs: ',-*?' },
];

/** Six fields: second, minute, hour, day of the month, month, day of the week (1 is Monday). */
export interface Cron {
  readonly second: number;
  readonly minutes: Field;
  readonly hours: Field;
  readonly days: Field;
  readonly months: Field;
  readonly weekdays: Field;
  readonly zone: Zone;
}

/** Throws `ScheduleError`. */
export function readCron(text: string, zone: Zone): Cron {
  const texts = text.trim().split(/\s+/);
  if (texts.length !== RULES.length) throw new ScheduleError(`six fields are needed, not ${texts.length}`);
  const fields = RULES.map((rule, index) => readField(texts[index] as string, rule));
  const [seconds, minutes, hours, days, months, weekdays] = fields as [
    Field,
    Field,
    Field,
    Field,
    Field,
    Field,
  ];
  return { second: seconds.values[0] as number, minutes, hours, days, months, weekdays, zone };
}

/**
 * The first due time behind `after`; undefined when there is none, as on a 30th of February. When clocks are put
 * forward, what is due in the hour left out comes by as much later; when they are put back, it comes once. With an
 * open hour or minute (`*`) it follows the clock on the wall instead: not in the hour left out, in both of the double hour.
 */
export function nextCronTime(cron: Cron, after: number): number | undefined {
  const today = Math.floor((after + cron.zone(after)) / DAY);
  // Clocks put back at midnight bring a part of yesterday again.
  for (let day = today - 1; day <= today + MOST_DAYS; day++) {
    if (!fallsOn(cron, day)) continue;
    const time = firstOfDay(cron, day * DAY, after);
    if (time !== undefined) return time;
  }
  return undefined;
}

/** When both kinds of days are named, either will do, as in any cron. */
function fallsOn({ days, months, weekdays }: Cron, day: number): boolean {
  const date = new Date(day * DAY);
  if (!months.values.includes(date.getUTCMonth() + 1)) return false;
  const isDay = days.values.includes(date.getUTCDate());
  const isWeekday = weekdays.values.includes(date.getUTCDay() || 7);
  return days.isOpen || weekdays.isOpen ? isDay && isWeekday : isDay || isWeekday;
}

/** `day` is local midnight as if it were UTC. */
function firstOfDay(cron: Cron, day: number, after: number): number | undefined {
  const before = cron.zone(day - DAY);
  const behind = cron.zone(day + 2 * DAY);
  let first: number | undefined;
  for (const wall of wallTimes(cron, day)) {
    const times = before === behind ? [wall - before] : instantsOf(cron, wall, { before, behind });
    for (const time of times) if (time > after && (first === undefined || time < first)) first = time;
    if (first !== undefined && before === behind) return first;
  }
  return first;
}

function* wallTimes({ hours, minutes, second }: Cron, day: number): Iterable<number> {
  for (const hour of hours.values) {
    for (const minute of minutes.values) yield day + hour * HOUR + minute * MINUTE + second * 1000;
  }
}

/** The instants at which clocks show a time on a day near which they are changed: none, one or two. */
function instantsOf(
  { zone, hours, minutes }: Cron,
  wall: number,
  { before, behind }: { readonly before: number; readonly behind: number },
): number[] {
  const found = [before, behind].map((offset) => wall - offset).filter((time) => time + zone(time) === wall);
  if (hours.isOpen || minutes.isOpen) return found;
  return found.length === 0 ? [wall - before] : [Math.min(...found)];
}
