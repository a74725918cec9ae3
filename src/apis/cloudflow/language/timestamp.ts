const RFC_3339 =
  /^(\d{4}-\d\d-\d\d)[Tt ]((?:[01]\d|2[0-3]):[0-5]\d):([0-5]\d|60)(\.\d+)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The time that RFC 3339 text says, in epoch milliseconds; undefined when it is none, or of a day that does not exist. */
export function timestampMs(text: string): number | undefined {
  const [, day, minute, second, fraction = '', offset] = RFC_3339.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  // A leap second is the first of the next minute.
  const isLeap = second === '60';
  const time = Date.parse(`${day}T${minute}:${isLeap ? '59' : second}${fraction}${offset?.toUpperCase()}`);
  return isLeap ? time + 1000 : time;
}

/** Is `YYYY-MM-DD` a day of the calendar? */
export function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
