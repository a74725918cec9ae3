import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cancel,
  child,
  complete,
  continueAsNew,
  fail,
  lambda,
  schedule,
  signalExternal,
} from '../../apis/swf/machine/decisions.ts';
import { beginning } from '../../apis/swf/machine/swf-world.ts';
import { domain, openWorld, scenario, workflowType } from './sdk-world.ts';
import { refuses } from './swf-client.ts';

/** Children have a list of their own, so that their decisions can be told apart. */
const kids = { taskList: { name: 'kids' } };

scenario(
  '15: child completes',
  async (world) => {
    await world.start({}, 'P');
    await world.decide(child('C', kids));
    await world.decide();
    await world.decideOn('kids', complete('42'));
  },
  {
    P: `${beginning} 5 ChildInitiated(C,d4) 6 ChildStarted(i5,C/run1) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 ChildCompleted(i5,st6,C/run1,result=42) 11 DTS`,
    C: '1 WES(i5,parent P/run1) 2 DTS 3 DTSt(s2) 4 DTC(s2,st3) 5 WorkflowExecutionCompleted(d4,result=42)',
  },
);

const childEnds = {
  Completed: [complete('42'), 'result=42'],
  Failed: [fail('r', 'd'), 'reason=r,details=d'],
  Canceled: [cancel('d'), 'details=d'],
} as const;

for (const [outcome, [decision, shown]] of Object.entries(childEnds)) {
  scenario(
    `16: child has ${outcome} before the parent's decision starts`,
    async (world) => {
      await world.start({}, 'P');
      await world.decide(child('C', kids));
      await world.decideOn('kids', decision);
      await world.quiet();
      await world.poll();
    },
    {
      P: `${beginning} 5 ChildInitiated(C,d4) 6 ChildStarted(i5,C/run1) 7 DTS 8 Child${outcome}(i5,st6,C/run1,${shown}) 9 DTSt(s7)`,
    },
  );
}

scenario(
  "16: child has TimedOut before the parent's decision starts",
  async (world) => {
    await world.start({}, 'P');
    await world.decide(child('C', { ...kids, executionStartToCloseTimeout: '5' }));
    await world.advance(5_000);
    await world.poll();
  },
  {
    P: `${beginning} 5 ChildInitiated(C,d4) 6 ChildStarted(i5,C/run1) 7 DTS 8 ChildTimedOut(i5,st6,C/run1,START_TO_CLOSE) 9 DTSt(s7)`,
  },
);

scenario(
  '17: child of unknown type',
  async (world) => {
    await world.start();
    await world.decide(child('C', { workflowType: { name: 'Nobody', version: '1' }, control: 'c' }));
  },
  { W: `${beginning} 5 StartChildFailed(C,i0,d4,WORKFLOW_TYPE_DOES_NOT_EXIST,control=c) 6 DTS` },
);

scenario(
  '18: child workflowId already open',
  async (world) => {
    await world.start(kids, 'C');
    const parent = await world.start({}, 'P');
    await world.decide(child('C', { control: 'c' }));
    await world.quiet();
    assert.equal((await world.describe(parent)).openCounts?.openChildWorkflowExecutions, 0);
  },
  {
    P: `${beginning} 5 ChildInitiated(C,d4,control=c) 6 StartChildFailed(C,i5,d4,WORKFLOW_ALREADY_RUNNING,control=c) 7 DTS`,
    C: '1 WES 2 DTS',
  },
);

scenario(
  '19: parent completes, policy TERMINATE, child open',
  async (world) => {
    await world.start({ childPolicy: 'TERMINATE' }, 'P');
    await world.decide(child('C', { ...kids, childPolicy: 'ABANDON' }));
    await world.decide(complete());
    await world.quiet();
    assert.deepEqual(await world.attributes(await world.latest('C'), 3), {
      childPolicy: 'ABANDON',
      cause: 'CHILD_POLICY_APPLIED',
    });
  },
  { C: '1 WES(i5,parent P/run1) 2 DTS 3 WorkflowExecutionTerminated(CHILD_POLICY_APPLIED)' },
);

scenario(
  '20: the same with REQUEST_CANCEL',
  async (world) => {
    await world.start({ childPolicy: 'REQUEST_CANCEL' }, 'P');
    await world.decide(child('C', kids));
    await world.decideOn('kids');
    await world.decide(complete());
  },
  {
    C: '1 WES(i5,parent P/run1) 2 DTS 3 DTSt(s2) 4 DTC(s2,st3) 5 CancelRequested(ext0,from P/run1,CHILD_POLICY_APPLIED) 6 DTS',
  },
);

scenario(
  '21: external signal',
  async (world) => {
    await world.start(kids, 'T');
    await world.decideOn('kids');
    await world.start({}, 'S');
    await world.decide(schedule('a'));
    await world.signal('go', 'S');
    await world.decide(signalExternal('T', { control: 'c', input: 'i' }));
  },
  {
    S: `${beginning} 5 ATS(d4) 6 Signaled(go,ext0) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 SignalExternalInitiated(ping,T,d9,control=c) 11 ExternalSignaled(i10,T/run1) 12 DTS`,
    T: `${beginning} 5 Signaled(ping,ext10,from S/run1) 6 DTS`,
  },
);

scenario(
  '22: external signal to nobody',
  async (world) => {
    await world.start();
    await world.decide(signalExternal('nobody', { control: 'c' }));
  },
  {
    W: `${beginning} 5 SignalExternalInitiated(ping,nobody,d4,control=c) 6 SignalExternalFailed(nobody,i5,d4,UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION,control=c) 7 DTS`,
  },
);

scenario(
  '23: decision times out',
  async (world) => {
    await world.start();
    const late = await world.poll();
    await world.advance(10_000);
    assert.equal((await world.poll()).previousStartedEventId, 0);
    const unknown = 'Unknown decision task, scheduledEventId = 2';
    await refuses(world.respond(late, [complete()]), 'UnknownResourceFault', unknown);
  },
  { W: '1 WES 2 DTS 3 DTSt(s2) 4 DTTO(s2,st3,START_TO_CLOSE) 5 DTS 6 DTSt(s5)' },
);

scenario(
  '24: heartbeat timeout',
  async (world) => {
    const run = await world.start();
    await world.decide(schedule('a', { heartbeatTimeout: '30' }));
    const { taskToken } = await world.work();
    await world.advance(29_000);
    await world.swf.recordActivityTaskHeartbeat({ taskToken, details: 'half' });
    await world.advance(29_999);
    assert.equal((await world.events(run)).length, 6, 'the heartbeat has put it off');
    await world.advance(1);
  },
  { W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATTO(s5,st6,HEARTBEAT,details=half) 8 DTS` },
);

scenario(
  '25: terminate during a decision',
  async (world) => {
    const run = await world.start();
    const task = await world.poll();
    await world.swf.terminateWorkflowExecution({ domain, workflowId: 'W', reason: 'r', details: 'd' });
    const unknown = `Unknown execution: WorkflowExecution=[workflowId=W, runId=${run.runId}]`;
    await refuses(world.respond(task, []), 'UnknownResourceFault', unknown);
    await refuses(world.signal(), 'UnknownResourceFault', 'Unknown execution, workflowId = W');
    assert.deepEqual(await world.attributes(run, 4), {
      reason: 'r',
      details: 'd',
      childPolicy: 'TERMINATE',
      cause: 'OPERATOR_INITIATED',
    });
  },
  { W: '1 WES 2 DTS 3 DTSt(s2) 4 WorkflowExecutionTerminated(OPERATOR_INITIATED,reason=r,details=d)' },
);

test('26: continue as new', async (context) => {
  const world = await openWorld(context);
  const run = await world.start();
  await world.clock.advance(1);
  await world.decide(continueAsNew({ input: 'i' }));
  const next = await world.latest('W');
  assert.equal(await world.history(run), `${beginning} 5 WorkflowExecutionContinuedAsNew(d4,then run2)`);
  assert.equal(await world.history(next), '1 WES(after run1) 2 DTS');
  assert.deepEqual(await world.attributes(run, 5), {
    taskList: { name: 'deciders' },
    executionStartToCloseTimeout: '3600',
    taskStartToCloseTimeout: '10',
    childPolicy: 'TERMINATE',
    input: 'i',
    decisionTaskCompletedEventId: 4,
    newExecutionRunId: next.runId,
    workflowType,
  });
  await refuses(world.start(), 'WorkflowExecutionAlreadyStartedFault', 'Already Started');
  assert.equal((await world.describe(run)).executionInfo?.closeStatus, 'CONTINUED_AS_NEW');
});

scenario(
  '27: execution timeout',
  async (world) => {
    const run = await world.start({ executionStartToCloseTimeout: '100', childPolicy: 'ABANDON' });
    await world.advance(99_999);
    assert.equal((await world.events(run)).length, 2);
    await world.advance(1);
    assert.deepEqual(await world.attributes(run, 3), {
      timeoutType: 'START_TO_CLOSE',
      childPolicy: 'ABANDON',
    });
    assert.equal((await world.describe(run)).executionInfo?.closeStatus, 'TIMED_OUT');
  },
  { W: '1 WES 2 DTS 3 WorkflowExecutionTimedOut(START_TO_CLOSE)' },
);

test('28: Lambda ok', async (context) => {
  const asked: unknown[] = [];
  const world = await openWorld(context, {
    callFunction: async (name, event) => {
      asked.push([name, event]);
      return '{"n":1}';
    },
  });
  await world.start({ lambdaRole: 'arn:aws:iam::123456789012:role/functions' });
  await world.decide(lambda('l1'));
  await world.expect({
    W: `${beginning} 5 LambdaFunctionScheduled(l1,d4) 6 LambdaFunctionStarted(s5) 7 LambdaFunctionCompleted(s5,st6,result={"n":1}) 8 DTS`,
  });
  assert.deepEqual(asked, [['resize', '{}']]);
});

scenario(
  '29: Lambda without role',
  async (world) => {
    await world.start();
    await world.decide(lambda('l1'));
  },
  {
    W: `${beginning} 5 LambdaFunctionScheduled(l1,d4) 6 StartLambdaFunctionFailed(s5,ASSUME_ROLE_FAILED,No IAM role is attached to the current workflow execution.) 7 DTS`,
  },
);

scenario(
  '30: empty decisions, nothing pending',
  async (world) => {
    const run = await world.start();
    await world.decide();
    const { openCounts, executionInfo } = await world.describe(run);
    assert.equal(openCounts?.openDecisionTasks, 0);
    assert.equal(executionInfo?.executionStatus, 'OPEN');
  },
  { W: beginning },
);
