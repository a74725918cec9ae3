import assert from 'node:assert/strict';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import { cancel, cancelActivity, cancelTimer, complete, marker, schedule, timer } from './decisions.ts';
import { scenario } from './scenario.ts';
import { beginning, historyOf } from './swf-world.ts';

const unknownExecution = {
  name: 'Rejection',
  reason: 'unknown-execution',
  message: 'Unknown execution: WorkflowExecution=[workflowId=W, runId=run1]',
};

scenario(
  '1: one activity, then complete',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    world.complete(run, world.work(run, 'a'));
    world.decide(run, complete());
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATC(s5,st6) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 WorkflowExecutionCompleted(d10)`,
  },
);

scenario(
  '2: activity completes while a decision is in progress',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    const task = world.work(run, 'a');
    world.signal(run);
    world.poll(run);
    world.complete(run, task);
    assert.deepEqual([...swfMachine.offers(run.state)], [], 'the next task is held back');
    world.decide(run);
    world.decide(run, complete());
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 Signaled(go,ext0) 8 DTS 9 DTSt(s8) 10 ATC(s5,st6) 11 DTS 12 DTC(s8,st9) 13 DTSt(s11) 14 DTC(s11,st13) 15 WorkflowExecutionCompleted(d14)`,
  },
);

scenario(
  '3: two events while a decision is in progress',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    world.work(run, 'a');
    world.signal(run, 'one');
    world.poll(run);
    world.signal(run, 'two');
    world.signal(run, 'three');
    world.respond(run, []);
    world.poll(run);
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 Signaled(one,ext0) 8 DTS 9 DTSt(s8) 10 Signaled(two,ext0) 11 DTS 12 Signaled(three,ext0) 13 DTC(s8,st9) 14 DTSt(s11)`,
  },
);

scenario(
  '4: signal while a decision is only scheduled',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    world.advance(60_000);
    world.signal(run);
    world.decide(run);
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATTO(s5,st0,SCHEDULE_TO_START) 7 DTS 8 Signaled(go,ext0) 9 DTSt(s7) 10 DTC(s7,st9)`,
  },
);

scenario(
  '5: unhandled close',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    const task = world.work(run, 'a');
    world.signal(run);
    world.poll(run);
    world.complete(run, task);
    world.respond(run, [complete('too early')]);
    assert.equal(world.poll(run).previousStartedEventId, 9);
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 Signaled(go,ext0) 8 DTS 9 DTSt(s8) 10 ATC(s5,st6) 11 DTS 12 DTC(s8,st9) 13 CompleteWorkflowExecutionFailed(d12,UNHANDLED_DECISION) 14 DTSt(s11)`,
  },
);

scenario(
  '6: close with an open activity',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    const { scheduledEventId, startedEventId } = world.work(run, 'a');
    world.apply(run, { type: 'request-cancel' });
    world.decide(run, cancel());
    assert.equal(run.state.close?.status, 'CANCELED');
    assert.equal(run.state.open.activities, 1);
    assert.throws(
      () => world.apply(run, { type: 'complete-activity-task', scheduledEventId, startedEventId }),
      unknownExecution,
    );
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 CancelRequested(ext0) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 WorkflowExecutionCanceled(d10)`,
  },
);

scenario(
  '7: timers',
  (world) => {
    const run = world.start();
    world.decide(run, timer('T2', '120'), timer('T1', '2'));
    world.advance(1_999);
    assert.equal(historyOf(run).length, 6, 'a timer never fires early');
    world.advance(1);
    world.poll(run);
    world.respond(run, [cancelTimer('T2'), timer('W', '0')]);
    assert.equal(historyOf(run).length, 12, 'a timer of no time fires after the batch');
    assert.equal(swfMachine.wake(run.state), world.now);
    world.advance(1);
    const [started, fired] = historyOf(run).slice(11);
    assert.ok((started?.eventTimestamp ?? 0) < (fired?.eventTimestamp ?? 0));
  },
  {
    W: `${beginning} 5 TimerStarted(T2,120,d4) 6 TimerStarted(T1,2,d4) 7 TimerFired(T1,st6) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 TimerCanceled(T2,st5,d10) 12 TimerStarted(W,0,d10) 13 TimerFired(W,st12) 14 DTS`,
  },
);

scenario(
  '8: markers in one batch wake nobody',
  (world) => world.decide(world.start(), marker('m1'), marker('m2'), marker('m3', 'x')),
  { W: `${beginning} 5 MarkerRecorded(m1,d4) 6 MarkerRecorded(m2,d4) 7 MarkerRecorded(m3,d4,details=x)` },
);

scenario(
  '9: unknown activity type',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a', { activityType: { name: 'Nobody', version: '1' } }));
    world.poll(run);
  },
  { W: `${beginning} 5 ScheduleActivityTaskFailed(d4,ACTIVITY_TYPE_DOES_NOT_EXIST) 6 DTS 7 DTSt(s6)` },
);

scenario(
  '10: cancel of an unknown activity',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    world.complete(run, world.work(run, 'a'), 'done');
    world.decide(run, cancelActivity('a'));
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATC(s5,st6,result=done) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 RequestCancelActivityTaskFailed(d10,ACTIVITY_ID_UNKNOWN) 12 DTS`,
  },
);

scenario(
  '11: cancel of an unstarted activity',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    world.signal(run);
    world.poll(run);
    world.respond(run, [cancelActivity('a')]);
    assert.deepEqual([...swfMachine.offers(run.state)], [], 'it can no longer be polled');
    world.settle();
  },
  {
    W: `${beginning} 5 ATS(d4) 6 Signaled(go,ext0) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 ATCR(d9) 11 ATCa(s5,st0,latest10) 12 DTS`,
  },
);

scenario(
  '12: cancel of an unstarted activity and complete in one batch',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    world.signal(run);
    world.decide(run, cancelActivity('a'), complete());
    world.advance(1_000);
  },
  {
    W: `${beginning} 5 ATS(d4) 6 Signaled(go,ext0) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 ATCR(d9) 11 WorkflowExecutionCompleted(d9)`,
  },
);

scenario(
  '13: cancel of a started activity, worker confirms',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    const { scheduledEventId, startedEventId } = world.work(run, 'a');
    const beat = { type: 'record-heartbeat', scheduledEventId, startedEventId } as const;
    assert.deepEqual(world.apply(run, beat), { cancelRequested: false });
    world.signal(run);
    world.decide(run, cancelActivity('a'));
    assert.deepEqual(world.apply(run, beat), { cancelRequested: true });
    world.apply(run, { type: 'cancel-activity-task', scheduledEventId, startedEventId, details: 'ok' });
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 Signaled(go,ext0) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 ATCR(d10) 12 ATCa(s5,st6,latest11,details=ok) 13 DTS`,
  },
);

scenario(
  '14: worker cancels unasked',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a'));
    const { scheduledEventId, startedEventId } = world.work(run, 'a');
    world.apply(run, { type: 'cancel-activity-task', scheduledEventId, startedEventId });
  },
  { W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATCa(s5,st6) 8 DTS` },
);
