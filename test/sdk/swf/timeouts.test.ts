import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelTimer, child, complete, schedule, timer } from '../../apis/swf/machine/decisions.ts';
import { beginning } from '../../apis/swf/machine/swf-world.ts';
import { openWorld, type SdkWorld, scenario } from './sdk-world.ts';
import { refuses } from './swf-client.ts';

const none = {
  scheduleToStartTimeout: 'NONE',
  scheduleToCloseTimeout: 'NONE',
  startToCloseTimeout: 'NONE',
  heartbeatTimeout: 'NONE',
};

const beat = async (world: SdkWorld, taskToken: string, details?: string): Promise<unknown> =>
  world.swf.recordActivityTaskHeartbeat({ taskToken, details });

/** An activity with these timeouts, worked on or not, that is over after so many seconds. */
const ends = [
  ['SCHEDULE_TO_START', { scheduleToStartTimeout: '7' }, false, 7, 'st0'],
  ['SCHEDULE_TO_CLOSE', { scheduleToCloseTimeout: '7' }, false, 7, 'st0'],
  ['SCHEDULE_TO_CLOSE', { scheduleToCloseTimeout: '7' }, true, 7, 'st6'],
  ['START_TO_CLOSE', { startToCloseTimeout: '7' }, true, 7, 'st6'],
  ['HEARTBEAT', { heartbeatTimeout: '7' }, true, 7, 'st6'],
  ['START_TO_CLOSE', { startToCloseTimeout: '7', heartbeatTimeout: '8' }, true, 7, 'st6'],
  ['HEARTBEAT', { startToCloseTimeout: '8', heartbeatTimeout: '7' }, true, 7, 'st6'],
  ['START_TO_CLOSE', { scheduleToCloseTimeout: '7', startToCloseTimeout: '7' }, true, 7, 'st6'],
  ['SCHEDULE_TO_START', { scheduleToStartTimeout: '0' }, false, 0, 'st0'],
] as const;

for (const [timeoutType, given, isWorkedOn, after, started] of ends) {
  const expected = `ATTO(s5,${started},${timeoutType})`;
  scenario(
    `${JSON.stringify(given)}${isWorkedOn ? ', started' : ''}: ${expected}`,
    async (world) => {
      const run = await world.start();
      await world.decide(schedule('a', { ...none, ...given }));
      if (isWorkedOn) await world.work();
      if (after > 0) {
        await world.advance(after * 1_000 - 1);
        assert.equal((await world.events(run)).length, isWorkedOn ? 6 : 5, 'not earlier');
      }
      await world.advance(1);
    },
    {
      W: isWorkedOn
        ? `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ${expected} 8 DTS`
        : `${beginning} 5 ATS(d4) 6 ${expected} 7 DTS`,
    },
  );
}

scenario(
  'heartbeats put off their own timeout alone, and keep their last details',
  async (world) => {
    const run = await world.start();
    await world.decide(schedule('a', { ...none, heartbeatTimeout: '5', startToCloseTimeout: '12' }));
    const { taskToken } = await world.work();
    for (const details of ['one', undefined]) {
      await world.advance(4_000);
      await beat(world, taskToken, details);
    }
    await world.advance(3_999);
    assert.equal((await world.events(run)).length, 6);
    await world.advance(1);
    await refuses(beat(world, taskToken), 'UnknownResourceFault', 'Unknown activity, scheduledEventId = 5');
  },
  { W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATTO(s5,st6,START_TO_CLOSE,details=one) 8 DTS` },
);

scenario(
  'an id is free again after its timeout',
  async (world) => {
    await world.start();
    await world.decide(schedule('a', { ...none, scheduleToStartTimeout: '1' }));
    await world.advance(1_000);
    await world.decide(schedule('a'), schedule('a'));
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATTO(s5,st0,SCHEDULE_TO_START) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 ATS(d9) 11 ScheduleActivityTaskFailed(d9,ACTIVITY_ID_ALREADY_IN_USE) 12 DTS`,
  },
);

scenario(
  'decisions time out as often as it takes, and the next is not scheduled twice',
  async (world) => {
    await world.start();
    await world.poll();
    await world.signal();
    await world.advance(10_000);
    assert.equal((await world.poll()).previousStartedEventId, 0);
    await world.advance(10_000);
    await world.decide();
  },
  {
    W: '1 WES 2 DTS 3 DTSt(s2) 4 Signaled(go,ext0) 5 DTS 6 DTTO(s2,st3,START_TO_CLOSE) 7 DTSt(s5) 8 DTTO(s5,st7,START_TO_CLOSE) 9 DTS 10 DTSt(s9) 11 DTC(s9,st10)',
  },
);

scenario(
  'a decision that waits is not timed, and one with NONE never ends',
  async (world) => {
    await world.start({ taskStartToCloseTimeout: 'NONE' });
    await world.advance(3_000_000);
    const task = await world.poll();
    await world.advance(599_000);
    await world.respond(task, [complete()]);
  },
  { W: `${beginning} 5 WorkflowExecutionCompleted(d4)` },
);

scenario(
  'the execution timeout ends everything, in the middle of a decision too',
  async (world) => {
    const run = await world.start({ executionStartToCloseTimeout: '30' });
    await world.decide(schedule('a', none), timer('t', '30'));
    const { taskToken } = await world.work();
    await world.signal();
    const decision = await world.poll();
    await world.advance(5_000);
    await world.advance(25_000);
    const unknown = `Unknown execution: WorkflowExecution=[workflowId=W, runId=${run.runId}]`;
    await refuses(world.respond(decision, []), 'UnknownResourceFault', unknown);
    await refuses(world.complete({ taskToken }), 'UnknownResourceFault', unknown);
  },
  {
    W: `${beginning} 5 ATS(d4) 6 TimerStarted(t,30,d4) 7 ATSt(s5) 8 Signaled(go,ext0) 9 DTS 10 DTSt(s9) 11 DTTO(s9,st10,START_TO_CLOSE) 12 DTS 13 WorkflowExecutionTimedOut(START_TO_CLOSE)`,
  },
);

scenario(
  'a timer that has fired cannot be cancelled by the decision that did not see it',
  async (world) => {
    await world.start();
    await world.decide(timer('t', '5'));
    await world.signal();
    const task = await world.poll();
    await world.advance(5_000);
    await world.respond(task, [cancelTimer('t'), timer('t', '1')]);
  },
  {
    W: `${beginning} 5 TimerStarted(t,5,d4) 6 Signaled(go,ext0) 7 DTS 8 DTSt(s7) 9 TimerFired(t,st5) 10 DTS 11 DTC(s7,st8) 12 CancelTimerFailed(t,d11,TIMER_ID_UNKNOWN) 13 TimerStarted(t,1,d11)`,
  },
);

scenario(
  'a timer may be cancelled and begun again in one batch',
  async (world) => {
    await world.start();
    await world.decide(timer('t', '5'));
    await world.signal();
    await world.decide(cancelTimer('t'), timer('t', '9'), timer('t', '9'));
    await world.advance(8_999);
  },
  {
    W: `${beginning} 5 TimerStarted(t,5,d4) 6 Signaled(go,ext0) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 TimerCanceled(t,st5,d9) 11 TimerStarted(t,9,d9) 12 StartTimerFailed(t,d9,TIMER_ID_ALREADY_IN_USE) 13 DTS`,
  },
);

test('a timer of a hundred days fires after a hundred days', async (context) => {
  const world = await openWorld(context);
  const run = await world.start({ executionStartToCloseTimeout: '31536000' });
  await world.decide(timer('t', '8640000'));
  await world.advance(8_640_000_000 - 1);
  assert.equal((await world.events(run)).length, 5);
  await world.advance(1);
  assert.equal((await world.events(run)).length, 7);
});

test('children time out as their parent says', async (context) => {
  const world = await openWorld(context);
  const parent = await world.start({}, 'P');
  await world.decide(child('C', { executionStartToCloseTimeout: '9', taskList: { name: 'kids' } }));
  await world.advance(9_000);
  assert.match(await world.history(parent), /8 ChildTimedOut\(i5,st6,C\/run1,START_TO_CLOSE\)$/);
});
