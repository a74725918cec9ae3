import { ScheduleError } from './schedule-error.ts';

/** Milliseconds that clocks of a time zone are ahead of UTC at an instant, which is in epoch milliseconds. */
export type Zone = (instant: number) => number;

export const utc: Zone = () => 0;

/** A zone of the time zone database, for example `Asia/Shanghai`; throws `ScheduleError` when there is none. */
export function findZone(name: string): Zone {
  const format = formatOf(name);
  return (instant) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new ScheduleError(`there is no time zone "${timeZone}"`);
  }
}
