import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import { defaultLimits } from '../../../../src/apis/swf/machine/values.ts';
import { cancelTimer, complete, decision, schedule, timer } from './decisions.ts';
import { attributesOf, beginning, historyOf, SwfWorld } from './swf-world.ts';

test('a timer echoes its control, and its firing only its ids', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, decision('StartTimer', { timerId: 'T', startToFireTimeout: '1', control: 'c' }));
  world.advance(1_000);
  assert.deepEqual(attributesOf(run, 5), {
    timerId: 'T',
    control: 'c',
    startToFireTimeout: '1',
    decisionTaskCompletedEventId: 4,
  });
  assert.deepEqual(attributesOf(run, 6), { timerId: 'T', startedEventId: 5 });
});

test('a timerId is unique among open timers, and free after cancel or fire', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, timer('T', '5'), timer('T', '6'), cancelTimer('T'), timer('T', '7'));
  world.advance(7_000);
  world.decide(run, timer('T', '1'));
  const failed = '6 StartTimerFailed(T,d4,TIMER_ID_ALREADY_IN_USE)';
  assert.equal(
    world.history(run),
    `${beginning} 5 TimerStarted(T,5,d4) ${failed} 7 TimerCanceled(T,st5,d4) 8 TimerStarted(T,7,d4) 9 DTS 10 TimerFired(T,st8) 11 DTSt(s9) 12 DTC(s9,st11) 13 TimerStarted(T,1,d12)`,
  );
});

test('a timer that fires during the decision that cancels it cannot be cancelled', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, timer('T', '5'));
  world.signal(run);
  world.poll(run);
  world.advance(5_000);
  world.respond(run, [cancelTimer('T'), complete()]);
  assert.equal(
    world.history(run),
    `${beginning} 5 TimerStarted(T,5,d4) 6 Signaled(go,ext0) 7 DTS 8 DTSt(s7) 9 TimerFired(T,st5) 10 DTS 11 DTC(s7,st8) 12 CancelTimerFailed(T,d11,TIMER_ID_UNKNOWN) 13 CompleteWorkflowExecutionFailed(d11,UNHANDLED_DECISION)`,
  );
});

test('a timer of no time does not fire when its batch closes the execution', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, timer('T', '0'), complete());
  world.advance(1_000);
  assert.equal(world.history(run), `${beginning} 5 TimerStarted(T,0,d4) 6 WorkflowExecutionCompleted(d4)`);
  assert.equal(run.state.open.timers, 1);
});

test('late timers fire in the order in which they fell due', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, timer('third', '3'), timer('first', '1'), timer('also-first', '1'));
  world.now += 60_000;
  world.settle();
  assert.match(
    world.history(run),
    /8 TimerFired\(first,st6\) 9 DTS 10 TimerFired\(also-first,st7\) 11 TimerFired\(third,st5\)$/,
  );
});

test('of a timer and an activity that fall due together the older goes first', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, timer('T', '3'), schedule('a', { scheduleToStartTimeout: '3' }));
  world.advance(3_000);
  assert.match(world.history(run), /7 TimerFired\(T,st5\) 8 DTS 9 ATTO\(s6,st0,SCHEDULE_TO_START\)$/);
});

test('a timer may outlast a hundred days', () => {
  const world = new SwfWorld();
  const run = world.start({ executionStartToCloseTimeout: '31536000' });
  world.decide(run, timer('T', '8640000'));
  assert.equal(swfMachine.wake(run.state), world.now + 8_640_000_000);
});

test('open timers are limited', () => {
  const world = new SwfWorld();
  const run = world.start({ limits: { ...defaultLimits, openTimers: 1 } });
  world.decide(run, timer('A', '5'), timer('B', '5'), cancelTimer('A'), timer('C', '5'));
  assert.equal(
    world.history(run),
    `${beginning} 5 TimerStarted(A,5,d4) 6 StartTimerFailed(B,d4,OPEN_TIMERS_LIMIT_EXCEEDED) 7 TimerCanceled(A,st5,d4) 8 TimerStarted(C,5,d4) 9 DTS`,
  );
});

test('a thousand timers are the default limit', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, ...Array.from({ length: 1_001 }, (_, n) => timer(`T${n}`, '5')));
  assert.equal(run.state.open.timers, 1_000);
  assert.equal(historyOf(run).at(-2)?.eventType, 'StartTimerFailed');
});
