import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import { queueName } from '../../../../src/apis/swf/machine/offers.ts';
import { typeKey } from '../../../../src/apis/swf/machine/types.ts';
import { defaultLimits } from '../../../../src/apis/swf/machine/values.ts';
import { cancelActivity, complete, schedule } from './decisions.ts';
import {
  activityType,
  attributesOf,
  beginning,
  historyOf,
  type SwfRun,
  SwfWorld,
  types,
} from './swf-world.ts';

const scope = 'account/region/domain';

test('a scheduled activity shows everything resolved', () => {
  const world = new SwfWorld();
  const run = world.start({ taskPriority: '9' });
  const given = { input: 'i', control: 'c', heartbeatTimeout: '7', taskPriority: '4' };
  world.decide(run, schedule('a', given), schedule('b', { taskList: { name: 'other' } }));
  const resolved = {
    activityType,
    scheduleToStartTimeout: '60',
    scheduleToCloseTimeout: '300',
    startToCloseTimeout: '120',
    decisionTaskCompletedEventId: 4,
  };
  const list = { taskList: { name: 'packers' } };
  assert.deepEqual(attributesOf(run, 5), { activityId: 'a', ...given, ...resolved, ...list });
  assert.deepEqual(attributesOf(run, 6), {
    activityId: 'b',
    ...resolved,
    heartbeatTimeout: 'NONE',
    taskList: { name: 'other' },
  });
  assert.deepEqual(
    [...swfMachine.offers(run.state)],
    [
      { key: 'a5', queue: queueName(scope, 'activity', 'packers'), priority: 4, since: world.now },
      { key: 'a6', queue: queueName(scope, 'activity', 'other'), priority: 0, since: world.now },
    ],
  );
});

test('starting an activity tells all that is handed out, and the input is not kept', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a', { input: 'i' }));
  const reply = world.apply(run, { type: 'start-activity-task', scheduledEventId: 5, identity: 'me' });
  assert.deepEqual(reply, {
    workflowId: 'W',
    runId: 'run1',
    activityId: 'a',
    activityType,
    scheduledEventId: 5,
    startedEventId: 6,
    input: 'i',
  });
  assert.deepEqual(attributesOf(run, 6), { identity: 'me', scheduledEventId: 5 });
  assert.equal(run.state.activities[5]?.input, null);
});

const none = {
  scheduleToStartTimeout: 'NONE',
  scheduleToCloseTimeout: 'NONE',
  startToCloseTimeout: 'NONE',
  heartbeatTimeout: 'NONE',
};

/** Timeouts, whether a worker starts it 1 s after it was scheduled, what ends it, and how many seconds after scheduling. */
const timeouts = [
  ['schedule to start', { scheduleToStartTimeout: '10' }, false, 'st0,SCHEDULE_TO_START', 10],
  ['schedule to close, unstarted', { scheduleToCloseTimeout: '10' }, false, 'st0,SCHEDULE_TO_CLOSE', 10],
  ['schedule to close, started', { scheduleToCloseTimeout: '10' }, true, 'st6,SCHEDULE_TO_CLOSE', 10],
  ['start to close', { startToCloseTimeout: '10' }, true, 'st6,START_TO_CLOSE', 11],
  ['heartbeat', { heartbeatTimeout: '10' }, true, 'st6,HEARTBEAT', 11],
  ['the earliest wins', { startToCloseTimeout: '10', heartbeatTimeout: '5' }, true, 'st6,HEARTBEAT', 6],
  [
    'schedule to close loses a tie before the start',
    { scheduleToStartTimeout: '10', scheduleToCloseTimeout: '10' },
    false,
    'st0,SCHEDULE_TO_START',
    10,
  ],
  [
    'schedule to close loses a tie after the start',
    { scheduleToCloseTimeout: '11', startToCloseTimeout: '10' },
    true,
    'st6,START_TO_CLOSE',
    11,
  ],
  ['no time at all', { scheduleToStartTimeout: '0' }, false, 'st0,SCHEDULE_TO_START', 0],
] as const;

for (const [name, given, isStarted, ends, seconds] of timeouts) {
  test(`time-out: ${name}`, () => {
    const world = new SwfWorld();
    const run = world.start();
    const scheduledAt = world.now;
    world.poll(run);
    world.respond(run, [schedule('a', { ...none, ...given })]);
    world.now += isStarted ? 1_000 : 0;
    if (isStarted) world.work(run, 'a');
    assert.equal(swfMachine.wake(run.state), scheduledAt + seconds * 1_000);
    const before = historyOf(run).length;
    if (seconds > 0) {
      world.now = scheduledAt + seconds * 1_000 - 1;
      world.settle();
      assert.equal(historyOf(run).length, before, 'not a millisecond early');
    }
    world.now = scheduledAt + seconds * 1_000;
    world.settle();
    const started = isStarted ? '6 ATSt(s5) ' : '';
    const next = before + 1;
    assert.equal(
      world.history(run),
      `${beginning} 5 ATS(d4) ${started}${next} ATTO(s5,${ends}) ${next + 1} DTS`,
    );
  });
}

test('heartbeats do not extend start to close, and details stay when one has none', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a', { startToCloseTimeout: '20', heartbeatTimeout: '15' }));
  const { scheduledEventId, startedEventId } = world.work(run, 'a');
  const beat = { type: 'record-heartbeat', scheduledEventId, startedEventId } as const;
  world.advance(10_000);
  world.apply(run, { ...beat, details: 'half' });
  world.apply(run, beat);
  assert.equal(historyOf(run).length, 6, 'heartbeats are not in the history');
  world.advance(10_000);
  assert.equal(
    world.history(run),
    `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATTO(s5,st6,START_TO_CLOSE,details=half) 8 DTS`,
  );
});

test('the wait for a start is over once a worker has started', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a', { ...none, scheduleToStartTimeout: '10' }));
  world.work(run, 'a');
  world.advance(10_000);
  assert.equal(world.history(run), `${beginning} 5 ATS(d4) 6 ATSt(s5)`);
});

test('activities fall due in the order of their deadlines, with one decision task for all', () => {
  const world = new SwfWorld();
  const run = world.start();
  const within = (seconds: string) => ({ scheduleToStartTimeout: seconds });
  world.decide(run, schedule('a', within('9')), schedule('b', within('3')), schedule('c', within('3')));
  world.now += 10_000;
  world.tickDue();
  assert.equal(
    world.history(run),
    `${beginning} 5 ATS(d4) 6 ATS(d4) 7 ATS(d4) 8 ATTO(s6,st0,SCHEDULE_TO_START) 9 DTS 10 ATTO(s7,st0,SCHEDULE_TO_START) 11 ATTO(s5,st0,SCHEDULE_TO_START)`,
  );
});

test('an answer that comes before the tick wins over a deadline that has passed', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a', { startToCloseTimeout: '5' }));
  const task = world.work(run, 'a');
  world.now += 6_000;
  world.complete(run, task);
  assert.equal(world.history(run), `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATC(s5,st6) 8 DTS`);
});

test('a failed activity shows reason and details', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a'));
  const { scheduledEventId, startedEventId } = world.work(run, 'a');
  world.apply(run, {
    type: 'fail-activity-task',
    scheduledEventId,
    startedEventId,
    reason: 'r',
    details: 'd',
  });
  assert.deepEqual(attributesOf(run, 7), {
    reason: 'r',
    details: 'd',
    scheduledEventId: 5,
    startedEventId: 6,
  });
});

test('tokens of activities that are closed, not started or not there are refused', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a'));
  const refused = { reason: 'unknown-activity', message: 'Unknown activity, scheduledEventId = 5' };
  const answer = { type: 'complete-activity-task', scheduledEventId: 5 } as const;
  assert.throws(() => world.apply(run, { ...answer, startedEventId: 0 }), refused);
  const task = world.work(run, 'a');
  assert.throws(() => world.apply(run, { type: 'start-activity-task', scheduledEventId: 5 }), refused);
  assert.throws(() => world.apply(run, { ...answer, startedEventId: 4 }), refused);
  world.complete(run, task);
  assert.throws(() => world.complete(run, task), refused);
  assert.throws(
    () => world.apply(run, { type: 'record-heartbeat', scheduledEventId: 5, startedEventId: 6 }),
    refused,
  );
});

test('a cancelled task that nobody started cannot be started any more', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.poll(run);
  world.respond(run, [schedule('a'), cancelActivity('a'), cancelActivity('a')]);
  assert.throws(() => world.apply(run, { type: 'start-activity-task', scheduledEventId: 5 }), {
    reason: 'unknown-activity',
  });
  world.settle();
  assert.equal(
    world.history(run),
    `${beginning} 5 ATS(d4) 6 ATCR(d4) 7 ATCR(d4) 8 ATCa(s5,st0,latest7) 9 DTS`,
  );
});

test('a started activity may complete although its cancellation was requested', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a'));
  const task = world.work(run, 'a');
  world.signal(run);
  world.decide(run, cancelActivity('a'));
  world.complete(run, task);
  assert.match(world.history(run), /11 ATCR\(d10\) 12 ATC\(s5,st6\) 13 DTS$/);
});

const bare = { activityType: { name: 'Bare', version: '1' } };
const list = { taskList: { name: 'l' } };
const refusals = [
  ['ACTIVITY_TYPE_DOES_NOT_EXIST', { activityType: { name: 'Pack', version: '2' } }],
  ['ACTIVITY_TYPE_DEPRECATED', { activityType: { name: 'Old', version: '1' } }],
  ['DEFAULT_TASK_LIST_UNDEFINED', bare],
  ['DEFAULT_SCHEDULE_TO_START_TIMEOUT_UNDEFINED', { ...bare, ...list }],
  ['DEFAULT_SCHEDULE_TO_CLOSE_TIMEOUT_UNDEFINED', { ...bare, ...list, scheduleToStartTimeout: '1' }],
  [
    'DEFAULT_START_TO_CLOSE_TIMEOUT_UNDEFINED',
    { ...bare, ...list, scheduleToStartTimeout: '1', scheduleToCloseTimeout: '1' },
  ],
  ['DEFAULT_HEARTBEAT_TIMEOUT_UNDEFINED', { ...bare, ...list, ...none, heartbeatTimeout: undefined }],
] as const;

for (const [cause, given] of refusals) {
  test(`scheduling an activity fails: ${cause}`, () => {
    const world = new SwfWorld();
    const run = world.start();
    world.decide(run, schedule('a', given));
    assert.deepEqual(attributesOf(run, 5), {
      activityType: given.activityType,
      activityId: 'a',
      cause,
      decisionTaskCompletedEventId: 4,
    });
    assert.equal(world.history(run), `${beginning} 5 ScheduleActivityTaskFailed(d4,${cause}) 6 DTS`);
  });
}

test('a type with no defaults is fine when the decision says everything', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a', { ...bare, ...list, ...none }));
  assert.equal(world.history(run), `${beginning} 5 ATS(d4)`);
  assert.equal(swfMachine.wake(run.state), run.state.due);
});

test('an activityId is unique among open activities and free again afterwards', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a'), schedule('a'));
  world.complete(run, world.work(run, 'a'));
  world.decide(run, schedule('a'));
  assert.equal(
    world.history(run),
    `${beginning} 5 ATS(d4) 6 ScheduleActivityTaskFailed(d4,ACTIVITY_ID_ALREADY_IN_USE) 7 DTS 8 ATSt(s5) 9 ATC(s5,st8) 10 DTSt(s7) 11 DTC(s7,st10) 12 ATS(d11)`,
  );
});

test('ids that every object has a member of are ids like any other', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('__proto__'), schedule('constructor'), cancelActivity('toString'));
  world.complete(run, world.work(run, '__proto__'));
  assert.equal(run.state.open.activities, 1);
  assert.match(world.history(run), /RequestCancelActivityTaskFailed\(d4,ACTIVITY_ID_UNKNOWN\)/);
});

test('open activities are limited', () => {
  const world = new SwfWorld();
  const run = world.start({ limits: { ...defaultLimits, openActivities: 1 } });
  world.decide(run, schedule('a'), schedule('b'));
  assert.equal(
    world.history(run),
    `${beginning} 5 ATS(d4) 6 ScheduleActivityTaskFailed(d4,OPEN_ACTIVITIES_LIMIT_EXCEEDED) 7 DTS`,
  );
});

/** Seconds from the start of the execution to its latest activity event. */
function latestActivity({ state }: SwfRun): number | null {
  return state.latestActivityAt === null ? null : (state.latestActivityAt - state.startedAt) / 1_000;
}

test('the latest activity time follows every activity event', () => {
  const world = new SwfWorld();
  const run = world.start();
  assert.equal(latestActivity(run), null);
  world.advance(1_000);
  world.decide(run, schedule('a'), schedule('b'));
  assert.equal(latestActivity(run), 1);
  world.advance(1_000);
  const task = world.work(run, 'a');
  assert.equal(latestActivity(run), 2);
  world.advance(1_000);
  world.complete(run, task);
  assert.equal(latestActivity(run), 3);
  world.advance(1_000);
  world.decide(run, complete());
  assert.equal(latestActivity(run), 3);
});

test('an activity type may be named by anything, also across name and version', () => {
  assert.notEqual(typeKey({ name: 'a', version: 'b c' }), typeKey({ name: 'a b', version: 'c' }));
  assert.equal(types.activity[typeKey(activityType)]?.status, 'REGISTERED');
});
