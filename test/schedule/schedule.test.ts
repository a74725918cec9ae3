import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latestTime, nextTime, readSchedule } from '../../src/schedule/schedule.ts';
import { ScheduleError } from '../../src/schedule/schedule-error.ts';

const at = (text: string): number => Date.parse(text);
const show = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString().replace('.000Z', 'Z');

function following(text: string, from: string, count: number): (string | undefined)[] {
  const schedule = readSchedule(text);
  const times: (string | undefined)[] = [];
  let after: number | undefined = at(from);
  while (times.length < count && after !== undefined) {
    after = nextTime(schedule, at(from), after);
    times.push(show(after));
  }
  return times;
}

const NEXT: readonly (readonly [text: string, from: string, ...times: string[]])[] = [
  ['@every 1m', '2026-01-01T00:00:30Z', '2026-01-01T00:01:30Z', '2026-01-01T00:02:30Z'],
  ['@every 90m', '2026-01-01T00:00:00Z', '2026-01-01T01:30:00Z', '2026-01-01T03:00:00Z'],
  ['0 * * * * *', '2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z'],
  ['30 */20 * * * *', '2026-01-01T00:20:30Z', '2026-01-01T00:40:30Z', '2026-01-01T01:00:30Z'],
  // Friday, then over the weekend.
  [
    '0 0/30 4-5 ? * MON-FRI',
    '2026-01-02T05:00:00Z',
    '2026-01-02T05:30:00Z',
    '2026-01-05T04:00:00Z',
    '2026-01-05T04:30:00Z',
  ],
  ['0 0 12 ? * 1,7', '2026-01-01T00:00:00Z', '2026-01-04T12:00:00Z', '2026-01-05T12:00:00Z'],
  ['0 0 0 31 * ?', '2026-01-31T00:00:00Z', '2026-03-31T00:00:00Z', '2026-05-31T00:00:00Z'],
  ['0 0 0 29 FEB ?', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z'],
  ['0 0 0 29 2 ?', '2096-03-01T00:00:00Z', '2104-02-29T00:00:00Z'],
  ['0 0 0 13 * FRI', '2026-02-01T00:00:00Z', '2026-02-06T00:00:00Z', '2026-02-13T00:00:00Z'],
  [
    '0 0 0 1/10 jan-feb *',
    '2026-01-20T00:00:00Z',
    '2026-01-21T00:00:00Z',
    '2026-01-31T00:00:00Z',
    '2026-02-01T00:00:00Z',
  ],
  [
    'CRON_TZ=Asia/Shanghai 0 0 4 1 * *',
    '2026-01-01T00:00:00Z',
    '2026-01-31T20:00:00Z',
    '2026-02-28T20:00:00Z',
  ],
  // Clocks go from 02:00 EST to 03:00 EDT: half past two comes an hour later by the wall, once.
  [
    'CRON_TZ=America/New_York 0 30 2 * * *',
    '2026-03-07T00:00:00Z',
    '2026-03-07T07:30:00Z',
    '2026-03-08T07:30:00Z',
    '2026-03-09T06:30:00Z',
  ],
  // Clocks go from 02:00 EDT to 01:00 EST: half past one comes once.
  [
    'CRON_TZ=America/New_York 0 30 1 * * *',
    '2026-10-31T12:00:00Z',
    '2026-11-01T05:30:00Z',
    '2026-11-02T06:30:00Z',
  ],
  // Every hour stays every hour, whatever clocks show.
  [
    'CRON_TZ=America/New_York 0 0 * * * *',
    '2026-03-08T06:00:00Z',
    '2026-03-08T07:00:00Z',
    '2026-03-08T08:00:00Z',
  ],
  [
    'CRON_TZ=America/New_York 0 0 * * * *',
    '2026-11-01T04:30:00Z',
    '2026-11-01T05:00:00Z',
    '2026-11-01T06:00:00Z',
    '2026-11-01T07:00:00Z',
  ],
  // Both half hours of the double hour.
  [
    'CRON_TZ=Europe/Berlin 0 */30 2 * * *',
    '2026-10-25T00:00:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:00:00Z',
    '2026-10-25T01:30:00Z',
    '2026-10-26T01:00:00Z',
  ],
  // A minute that is not open: the first of the two only.
  [
    'CRON_TZ=Europe/Berlin 0 15 2 * * *',
    '2026-10-24T12:00:00Z',
    '2026-10-25T00:15:00Z',
    '2026-10-26T01:15:00Z',
  ],
  // Half an hour only.
  [
    'CRON_TZ=Australia/Lord_Howe 0 15 2 * * *',
    '2026-10-02T16:00:00Z',
    '2026-10-03T15:45:00Z',
    '2026-10-04T15:15:00Z',
  ],
  // Clocks put forward at midnight: the day begins at one o'clock.
  [
    'CRON_TZ=Africa/Cairo 0 0 0 * * *',
    '2026-04-23T00:00:00Z',
    '2026-04-23T22:00:00Z',
    '2026-04-24T21:00:00Z',
  ],
  // Clocks put back at midnight: eleven at night comes twice, and is due once.
  [
    'CRON_TZ=Africa/Cairo 0 30 23 * * *',
    '2026-10-29T12:00:00Z',
    '2026-10-29T20:30:00Z',
    '2026-10-30T21:30:00Z',
  ],
  [
    'CRON_TZ=Africa/Cairo 0 30 * * * *',
    '2026-10-29T20:30:00Z',
    '2026-10-29T21:30:00Z',
    '2026-10-29T22:30:00Z',
  ],
];

for (const [text, from, ...times] of NEXT) {
  test(`${text} after ${from}`, () => {
    assert.deepEqual(following(text, from, times.length), times);
  });
}

test('what can never be due has no next time', () => {
  assert.deepEqual(following('0 0 0 30 2 ?', '2026-01-01T00:00:00Z', 1), [undefined]);
});

const WRONG: readonly (readonly [text: string, message: RegExp])[] = [
  ['@every 30s', /whole number of minutes/],
  ['@every 0m', /whole number of minutes/],
  ['@every 1h', /whole number of minutes/],
  ['@hourly', /whole number of minutes/],
  ['@every 99999999m', /whole number of minutes/],
  ['', /six fields/],
  ['* * * * *', /six fields, not 5|six fields are needed/],
  ['0 0 0 1 1 ? 2026', /six fields are needed, not 7/],
  ['* * * * * *', /seconds may not contain "\*"/],
  ['0,30 * * * * *', /seconds may not contain ","/],
  ['60 * * * * *', /seconds must be 0 to 59/],
  ['0 60 * * * *', /minutes must be 0 to 59/],
  ['0 ? * * * *', /minutes may not contain "\?"/],
  ['0 0 24 * * *', /hours must be 0 to 23/],
  ['0 0 0 0 * *', /days of the month must be 1 to 31/],
  ['0 0 0 1 13 *', /months must be 1 to 12/],
  ['0 0 0 1 FOO *', /months must be 1 to 12, not "FOO"/],
  ['0 0 0 ? * 0', /days of the week must be 1 to 7/],
  ['0 0 0 ? * MON/2', /days of the week may not contain "\/"/],
  ['0 0 0 L * ?', /days of the month must be 1 to 31, not "L"/],
  ['0 0/0 * * * *', /step of 0/],
  ['0 30-10 * * * *', /ends before it begins/],
  ['0 1--2 * * * *', /minutes is not valid/],
  ['0 ,1 * * * *', /minutes is not valid/],
  ['CRON_TZ=Mars/Base 0 0 4 1 * *', /no time zone "Mars\/Base"/],
  ['CRON_TZ= 0 0 4 1 * *', /no time zone|six fields/],
];

for (const [text, message] of WRONG) {
  test(`"${text}" is refused`, () => {
    assert.throws(
      () => readSchedule(text),
      (error: unknown) => error instanceof ScheduleError && message.test(error.message),
    );
  });
}

const MISSED: readonly (readonly [text: string, first: string, until: string, latest: string])[] = [
  ['@every 7m', '2026-01-01T00:07:00Z', '2026-01-01T00:07:00Z', '2026-01-01T00:07:00Z'],
  ['@every 7m', '2026-01-01T00:07:00Z', '2026-01-01T00:27:59Z', '2026-01-01T00:21:00Z'],
  ['0 * * * * *', '2025-01-01T00:00:00Z', '2026-01-01T00:00:30Z', '2026-01-01T00:00:00Z'],
  ['0 * * * JAN *', '2026-01-01T00:00:00Z', '2026-12-01T00:00:00Z', '2026-01-31T23:59:00Z'],
  ['0 0 9 ? * MON', '2026-01-05T09:00:00Z', '2026-01-12T08:59:59Z', '2026-01-05T09:00:00Z'],
  ['0 0 9 ? * MON', '2026-01-05T09:00:00Z', '2026-01-12T09:00:00Z', '2026-01-12T09:00:00Z'],
  [
    'CRON_TZ=Europe/Berlin 0 30 2 * * *',
    '2026-03-27T01:30:00Z',
    '2026-03-29T12:00:00Z',
    '2026-03-29T01:30:00Z',
  ],
];

for (const [text, first, until, latest] of MISSED) {
  test(`${text}: the latest of those missed until ${until}`, () => {
    const anchor = at('2026-01-01T00:00:00Z');
    assert.equal(
      show(latestTime(readSchedule(text), anchor, { first: at(first), until: at(until) })),
      latest,
    );
  });
}
