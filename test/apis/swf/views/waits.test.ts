import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Activity, initial, type SwfState } from '../../../../src/apis/swf/machine/state.ts';
import { type Start, waitsOf } from '../../../../src/apis/swf/views/waits.ts';

const NOW = Date.parse('2026-01-02T03:00:00Z');
const START: Start = { at: NOW - 5_000, identity: 'w1' };

const activity: Activity = {
  activityId: 'ship',
  type: { name: 'Ship', version: '2' },
  taskList: 'boxes',
  priority: 0,
  scheduledAt: NOW - 65_000,
  input: null,
  startedEventId: 0,
  cancelEventId: 0,
  details: null,
  startToClose: null,
  heartbeat: null,
  startBy: null,
  closeBy: null,
  finishBy: null,
  heartbeatBy: null,
  due: null,
};
const decision = {
  scheduledEventId: 2,
  scheduledAt: NOW - 3_000,
  taskList: 'deciders',
  startWithin: null,
  startedEventId: 0,
  due: null,
};
const lambda = {
  id: 'l1',
  name: 'resize',
  input: null,
  startToClose: 9_000,
  startedEventId: 8,
  due: NOW + 4_000,
};

interface Case {
  readonly what: string;
  readonly state: Partial<SwfState>;
  readonly pollers?: number;
  readonly start?: Start;
  readonly expected: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: 'a sticky list that is given up soon',
    state: { decision: { ...decision, startWithin: 10_000, due: NOW + 7_000 } },
    expected: ['no poller on decision task list deciders for 3 s, times out in 7 s'],
  },
  {
    what: 'a decision task that a poll is about to take',
    state: { decision },
    pollers: 1,
    expected: ['decision task waits on task list deciders for 3 s'],
  },
  {
    what: 'a decider that gave no name and has no time limit',
    state: { decision: { ...decision, startedEventId: 3 } },
    start: { at: NOW - 5_000, identity: undefined },
    expected: ['decision task with decider since 5 s'],
  },
  {
    what: 'an activity that must be started soon',
    state: { activities: { 5: { ...activity, startBy: NOW + 1_000, due: NOW + 1_000 } } },
    expected: [
      'activity ship (type Ship/2) waits on task list boxes: no poller for 1 min 5 s, schedule-to-start due in 1 s',
    ],
  },
  {
    what: 'an activity that pollers will take',
    state: { activities: { 5: activity } },
    pollers: 2,
    expected: ['activity ship (type Ship/2) waits on task list boxes for 1 min 5 s'],
  },
  {
    what: 'a worker without any time limit',
    state: { activities: { 5: { ...activity, startedEventId: 6 } } },
    start: START,
    expected: ['activity ship (type Ship/2) with worker w1 since 5 s: no time limit'],
  },
  {
    what: 'a worker that is to stop, and is late',
    state: {
      activities: {
        5: { ...activity, startedEventId: 6, cancelEventId: 7, finishBy: NOW - 2_000, due: NOW - 2_000 },
      },
    },
    start: START,
    expected: [
      'activity ship (type Ship/2) with worker w1 since 5 s: start-to-close due since 2 s, cancel requested',
    ],
  },
  {
    what: 'a function',
    state: { lambdas: { 7: lambda } },
    start: { at: NOW - 5_000, identity: undefined },
    expected: ['lambda resize running since 5 s, times out in 4 s'],
  },
  {
    what: 'timers, the first to fire first',
    state: {
      timers: { ':late': { startedEventId: 5, due: NOW + 9_000 }, ':soon': { startedEventId: 6, due: NOW } },
    },
    expected: [
      'timer soon fires at 2026-01-02T03:00:00.000Z, in 0 s',
      'timer late fires at 2026-01-02T03:00:09.000Z, in 9 s',
    ],
  },
  {
    what: 'a child on its way',
    state: { children: { 5: { workflowId: 'c', type: activity.type, startedEventId: 0 } } },
    expected: ['child c being started'],
  },
  { what: 'nothing but a message', state: {}, expected: ['nothing: waits for a signal'] },
  {
    what: 'nothing at all once it is closed',
    state: { close: { status: 'COMPLETED', at: NOW } },
    expected: [],
  },
];

describe('waitsOf', () => {
  for (const { what, state, pollers = 0, start, expected } of cases) {
    it(`tells of ${what}`, () => {
      const waits = waitsOf({ ...initial(), ...state }, { now: NOW, pollers: () => pollers });
      assert.deepEqual(
        waits.map(({ text }) => text(start)),
        expected,
      );
    });
  }

  it('asks for the pollers of the right queue', () => {
    const asked: string[] = [];
    const state = { ...initial(), scope: '1/r/d', decision, activities: { 5: activity } };
    waitsOf(state, {
      now: NOW,
      pollers: (queue) => {
        asked.push(queue);
        return 0;
      },
    });
    assert.deepEqual(asked, ['swf|1/r/d|decision|deciders', 'swf|1/r/d|activity|boxes']);
  });
});
