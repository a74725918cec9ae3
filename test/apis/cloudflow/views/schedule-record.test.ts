import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cloudflow } from '../../../../src/apis/cloudflow/cloudflow.ts';
import type { ScheduleState } from '../../../../src/apis/cloudflow/schedules/state.ts';
import { describeSchedule } from '../../../../src/apis/cloudflow/views/schedule-record.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';

const settings = { name: 'nightly', cron: '@every 5m', payload: '', isEnabled: true, description: '' };
const STATE: ScheduleState = {
  scheduleId: 's',
  settings,
  createdAt: 0,
  modifiedAt: 0,
  next: 600_000,
  starting: null,
  firings: 3,
  closed: null,
};

const SHOWN: Readonly<
  Record<string, readonly [state: Partial<ScheduleState>, text: string, activities: number]>
> = {
  'a schedule': [{}, 'starts an execution at 1970-01-01T00:10:00.000Z, in 5 min', 0],
  'a schedule whose execution is on its way': [
    { starting: 300_000 },
    'the execution that was due at 1970-01-01T00:05:00.000Z is being started',
    1,
  ],
  'a disabled schedule whose execution is on its way': [
    { starting: 300_000, next: null, settings: { ...settings, isEnabled: false } },
    'the execution that was due at 1970-01-01T00:05:00.000Z is being started',
    1,
  ],
  'a disabled schedule': [
    { next: null, settings: { ...settings, isEnabled: false } },
    'nothing: the schedule is disabled',
    0,
  ],
  'a schedule that is never due again': [{ next: null }, 'nothing: it is never due again', 0],
};
for (const [what, [state, text, activities]] of Object.entries(SHOWN)) {
  test(`${what} says what it waits for`, async () => {
    const identity = { api: 'cloudflow-schedule', scope: 's', name: 'nightly', id: 'x', startedAt: 0 };
    const cloudflow = { clock: createFixedClock(300_000) } as unknown as Cloudflow;
    const snapshot = {
      identity,
      state: { state: { ...STATE, ...state } },
      summary: {},
      version: 1,
      eventCount: 1,
    };
    const shown = await describeSchedule(cloudflow, snapshot as never);
    assert.deepEqual([shown.waitingFor[0]?.text, shown.open.activities], [text, activities]);
  });
}
