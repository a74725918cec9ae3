import assert from 'node:assert/strict';
import {
  cancel,
  cancelActivity,
  cancelTimer,
  complete,
  marker,
  schedule,
  timer,
} from '../../apis/swf/machine/decisions.ts';
import { beginning } from '../../apis/swf/machine/swf-world.ts';
import { domain, scenario } from './sdk-world.ts';
import { refuses } from './swf-client.ts';

scenario(
  '1: one activity, then complete',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    await world.complete(await world.work());
    await world.decide(complete());
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATC(s5,st6) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 WorkflowExecutionCompleted(d10)`,
  },
);

scenario(
  '2: activity completes while a decision is in progress',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    const task = await world.work();
    await world.signal();
    const decision = await world.poll();
    await world.complete(task);
    await world.respond(decision, []);
    await world.decide(complete());
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 Signaled(go,ext0) 8 DTS 9 DTSt(s8) 10 ATC(s5,st6) 11 DTS 12 DTC(s8,st9) 13 DTSt(s11) 14 DTC(s11,st13) 15 WorkflowExecutionCompleted(d14)`,
  },
);

scenario(
  '3: two events while a decision is in progress',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    await world.work();
    await world.signal('one');
    const decision = await world.poll();
    await world.signal('two');
    await world.signal('three');
    const taskList = { name: 'deciders' };
    assert.deepEqual((await world.swf.countPendingDecisionTasks({ domain, taskList })).count, 0);
    await world.respond(decision, []);
    await world.poll();
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 Signaled(one,ext0) 8 DTS 9 DTSt(s8) 10 Signaled(two,ext0) 11 DTS 12 Signaled(three,ext0) 13 DTC(s8,st9) 14 DTSt(s11)`,
  },
);

scenario(
  '4: signal while a decision is only scheduled',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    await world.advance(60_000);
    await world.signal();
    await world.decide();
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATTO(s5,st0,SCHEDULE_TO_START) 7 DTS 8 Signaled(go,ext0) 9 DTSt(s7) 10 DTC(s7,st9)`,
  },
);

scenario(
  '5: unhandled close',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    const task = await world.work();
    await world.signal();
    const decision = await world.poll();
    await world.complete(task);
    await world.respond(decision, [complete('too early')]);
    assert.equal((await world.poll()).previousStartedEventId, 9);
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 Signaled(go,ext0) 8 DTS 9 DTSt(s8) 10 ATC(s5,st6) 11 DTS 12 DTC(s8,st9) 13 CompleteWorkflowExecutionFailed(d12,UNHANDLED_DECISION) 14 DTSt(s11)`,
  },
);

scenario(
  '6: close with an open activity',
  async (world) => {
    const run = await world.start();
    await world.decide(schedule('a'));
    const task = await world.work();
    await world.swf.requestCancelWorkflowExecution({ domain, workflowId: 'W' });
    await world.decide(cancel());
    const { executionInfo, openCounts } = await world.describe(run);
    assert.equal(executionInfo?.executionStatus, 'CLOSED');
    assert.equal(executionInfo?.closeStatus, 'CANCELED');
    assert.equal(openCounts?.openActivityTasks, 1);
    const unknown = `Unknown execution: WorkflowExecution=[workflowId=W, runId=${run.runId}]`;
    await refuses(world.complete(task), 'UnknownResourceFault', unknown);
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 CancelRequested(ext0) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 WorkflowExecutionCanceled(d10)`,
  },
);

scenario(
  '7: timers',
  async (world) => {
    const run = await world.start();
    await world.decide(timer('T2', '120'), timer('T1', '2'));
    await world.advance(1_999);
    assert.equal((await world.events(run)).length, 6, 'a timer never fires early');
    await world.advance(1);
    const decision = await world.poll();
    await world.respond(decision, [cancelTimer('T2'), timer('W', '0')]);
  },
  {
    W: `${beginning} 5 TimerStarted(T2,120,d4) 6 TimerStarted(T1,2,d4) 7 TimerFired(T1,st6) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 TimerCanceled(T2,st5,d10) 12 TimerStarted(W,0,d10) 13 TimerFired(W,st12) 14 DTS`,
  },
);

scenario(
  '8: markers in one batch wake nobody',
  async (world) => {
    await world.start();
    await world.decide(marker('m1'), marker('m2'), marker('m3', 'x'));
  },
  { W: `${beginning} 5 MarkerRecorded(m1,d4) 6 MarkerRecorded(m2,d4) 7 MarkerRecorded(m3,d4,details=x)` },
);

scenario(
  '9: unknown activity type',
  async (world) => {
    await world.start();
    await world.decide(schedule('a', { activityType: { name: 'Nobody', version: '1' } }));
    await world.poll();
  },
  { W: `${beginning} 5 ScheduleActivityTaskFailed(d4,ACTIVITY_TYPE_DOES_NOT_EXIST) 6 DTS 7 DTSt(s6)` },
);

scenario(
  '10: cancel of an unknown activity',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    await world.complete(await world.work(), 'done');
    await world.decide(cancelActivity('a'));
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATC(s5,st6,result=done) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 RequestCancelActivityTaskFailed(d10,ACTIVITY_ID_UNKNOWN) 12 DTS`,
  },
);

scenario(
  '11: cancel of an unstarted activity',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    await world.signal();
    await world.decide(cancelActivity('a'));
    const { count } = await world.swf.countPendingActivityTasks({ domain, taskList: { name: 'packers' } });
    assert.equal(count, 0, 'it can no longer be polled');
  },
  {
    W: `${beginning} 5 ATS(d4) 6 Signaled(go,ext0) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 ATCR(d9) 11 ATCa(s5,st0,latest10) 12 DTS`,
  },
);

scenario(
  '12: cancel of an unstarted activity and complete in one batch',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    await world.signal();
    await world.decide(cancelActivity('a'), complete());
    await world.advance(1_000);
  },
  {
    W: `${beginning} 5 ATS(d4) 6 Signaled(go,ext0) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 ATCR(d9) 11 WorkflowExecutionCompleted(d9)`,
  },
);

scenario(
  '13: cancel of a started activity, worker confirms',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    const { taskToken } = await world.work();
    const beat = async () => (await world.swf.recordActivityTaskHeartbeat({ taskToken })).cancelRequested;
    assert.equal(await beat(), false);
    await world.signal();
    await world.decide(cancelActivity('a'));
    assert.equal(await beat(), true);
    await world.swf.respondActivityTaskCanceled({ taskToken, details: 'ok' });
  },
  {
    W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 Signaled(go,ext0) 8 DTS 9 DTSt(s8) 10 DTC(s8,st9) 11 ATCR(d10) 12 ATCa(s5,st6,latest11,details=ok) 13 DTS`,
  },
);

scenario(
  '14: worker cancels unasked',
  async (world) => {
    await world.start();
    await world.decide(schedule('a'));
    const { taskToken } = await world.work();
    await world.swf.respondActivityTaskCanceled({ taskToken });
  },
  { W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATCa(s5,st6) 8 DTS` },
);
