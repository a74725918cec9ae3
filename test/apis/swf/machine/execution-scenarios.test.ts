import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import {
  cancel,
  child,
  complete,
  continueAsNew,
  fail,
  lambda,
  schedule,
  signalExternal,
} from './decisions.ts';
import { scenario } from './scenario.ts';
import { attributesOf, beginning, historyOf, SwfWorld, workflowType } from './swf-world.ts';

const unknownExecution = {
  name: 'Rejection',
  reason: 'unknown-execution',
  message: 'Unknown execution: WorkflowExecution=[workflowId=W, runId=run1]',
};

scenario(
  '15: child completes',
  (world) => {
    const parent = world.start({}, 'P');
    world.decide(parent, child('C'));
    world.decide(parent);
    world.decide(world.find('C'), complete('42'));
  },
  {
    P: `${beginning} 5 ChildInitiated(C,d4) 6 ChildStarted(i5,C/run2) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 ChildCompleted(i5,st6,C/run2,result=42) 11 DTS`,
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
    (world) => {
      const parent = world.start({}, 'P');
      world.decide(parent, child('C'));
      world.decide(world.find('C'), decision);
      world.poll(parent);
    },
    {
      P: `${beginning} 5 ChildInitiated(C,d4) 6 ChildStarted(i5,C/run2) 7 DTS 8 Child${outcome}(i5,st6,C/run2,${shown}) 9 DTSt(s7)`,
    },
  );
}

scenario(
  "16: child has TimedOut before the parent's decision starts",
  (world) => {
    const parent = world.start({}, 'P');
    world.decide(parent, child('C', { executionStartToCloseTimeout: '5' }));
    world.advance(5_000);
    world.poll(parent);
  },
  {
    P: `${beginning} 5 ChildInitiated(C,d4) 6 ChildStarted(i5,C/run2) 7 DTS 8 ChildTimedOut(i5,st6,C/run2,START_TO_CLOSE) 9 DTSt(s7)`,
  },
);

scenario(
  '17: child of unknown type',
  (world) => {
    const unknown = { workflowType: { name: 'Nobody', version: '1' }, control: 'c' };
    world.decide(world.start(), child('C', unknown));
  },
  { W: `${beginning} 5 StartChildFailed(C,i0,d4,WORKFLOW_TYPE_DOES_NOT_EXIST,control=c) 6 DTS` },
);

scenario(
  '18: child workflowId already open',
  (world) => {
    const parent = world.start({}, 'P');
    const other = world.start({}, 'C');
    world.decide(parent, child('C', { control: 'c' }));
    assert.equal(parent.state.open.children, 0);
    assert.equal(historyOf(other).length, 2);
  },
  {
    P: `${beginning} 5 ChildInitiated(C,d4,control=c) 6 StartChildFailed(C,i5,d4,WORKFLOW_ALREADY_RUNNING,control=c) 7 DTS`,
  },
);

scenario(
  '19: parent completes, policy TERMINATE, child open',
  (world) => {
    const parent = world.start({ childPolicy: 'TERMINATE' }, 'P');
    world.decide(parent, child('C', { childPolicy: 'ABANDON' }));
    world.decide(parent, complete());
    assert.deepEqual(attributesOf(world.find('C'), 3), {
      childPolicy: 'ABANDON',
      cause: 'CHILD_POLICY_APPLIED',
    });
  },
  { C: '1 WES(i5,parent P/run1) 2 DTS 3 WorkflowExecutionTerminated(CHILD_POLICY_APPLIED)' },
);

scenario(
  '20: the same with REQUEST_CANCEL',
  (world) => {
    const parent = world.start({ childPolicy: 'REQUEST_CANCEL' }, 'P');
    world.decide(parent, child('C'));
    world.decide(world.find('C'));
    world.decide(parent, complete());
  },
  {
    C: '1 WES(i5,parent P/run1) 2 DTS 3 DTSt(s2) 4 DTC(s2,st3) 5 CancelRequested(ext0,from P/run1,CHILD_POLICY_APPLIED) 6 DTS',
  },
);

scenario(
  '21: external signal',
  (world) => {
    const target = world.start({}, 'T');
    world.decide(target);
    const sender = world.start({}, 'S');
    world.decide(sender, schedule('a'));
    world.signal(sender);
    world.decide(sender, signalExternal('T', { control: 'c', input: 'i' }));
  },
  {
    S: `${beginning} 5 ATS(d4) 6 Signaled(go,ext0) 7 DTS 8 DTSt(s7) 9 DTC(s7,st8) 10 SignalExternalInitiated(ping,T,d9,control=c) 11 ExternalSignaled(i10,T/run1) 12 DTS`,
    T: `${beginning} 5 Signaled(ping,ext10,from S/run2) 6 DTS`,
  },
);

scenario(
  '22: external signal to nobody',
  (world) => world.decide(world.start(), signalExternal('nobody', { control: 'c' })),
  {
    W: `${beginning} 5 SignalExternalInitiated(ping,nobody,d4,control=c) 6 SignalExternalFailed(nobody,i5,d4,UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION,control=c) 7 DTS`,
  },
);

scenario(
  '23: decision times out',
  (world) => {
    const run = world.start();
    world.poll(run);
    world.advance(10_000);
    assert.equal(world.poll(run).previousStartedEventId, 0);
    assert.throws(
      () =>
        world.apply(run, {
          type: 'complete-decision-task',
          scheduledEventId: 2,
          startedEventId: 3,
          decisions: [],
        }),
      { reason: 'unknown-decision-task', message: 'Unknown decision task, scheduledEventId = 2' },
    );
  },
  { W: '1 WES 2 DTS 3 DTSt(s2) 4 DTTO(s2,st3,START_TO_CLOSE) 5 DTS 6 DTSt(s5)' },
);

scenario(
  '24: heartbeat timeout',
  (world) => {
    const run = world.start();
    world.decide(run, schedule('a', { heartbeatTimeout: '30' }));
    const { scheduledEventId, startedEventId } = world.work(run, 'a');
    world.advance(29_000);
    world.apply(run, { type: 'record-heartbeat', scheduledEventId, startedEventId, details: 'half' });
    world.advance(29_999);
    assert.equal(historyOf(run).length, 6, 'the heartbeat has put it off');
    world.advance(1);
  },
  { W: `${beginning} 5 ATS(d4) 6 ATSt(s5) 7 ATTO(s5,st6,HEARTBEAT,details=half) 8 DTS` },
);

scenario(
  '25: terminate during a decision',
  (world) => {
    const run = world.start();
    world.poll(run);
    world.apply(run, { type: 'terminate', reason: 'r', details: 'd' });
    assert.throws(() => world.apply(run, { type: 'signal', signalName: 'late' }), unknownExecution);
    const token = { scheduledEventId: 2, startedEventId: 3 };
    const response = { type: 'complete-decision-task', ...token, decisions: [] } as const;
    assert.throws(() => world.apply(run, response), unknownExecution);
    assert.deepEqual(attributesOf(run, 4), {
      reason: 'r',
      details: 'd',
      childPolicy: 'TERMINATE',
      cause: 'OPERATOR_INITIATED',
    });
  },
  { W: '1 WES 2 DTS 3 DTSt(s2) 4 WorkflowExecutionTerminated(OPERATOR_INITIATED,reason=r,details=d)' },
);

test('26: continue as new', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, continueAsNew({ input: 'i' }));
  assert.equal(world.history(run), `${beginning} 5 WorkflowExecutionContinuedAsNew(d4,then run2)`);
  const next = world.find('W');
  assert.equal(next.identity.id, 'run2');
  assert.equal(world.history(next), '1 WES(after run1) 2 DTS');
  assert.deepEqual(attributesOf(run, 5), {
    taskList: { name: 'deciders' },
    executionStartToCloseTimeout: '3600',
    taskStartToCloseTimeout: '10',
    childPolicy: 'TERMINATE',
    input: 'i',
    decisionTaskCompletedEventId: 4,
    newExecutionRunId: 'run2',
    workflowType,
  });
});

scenario(
  '27: execution timeout',
  (world) => {
    const run = world.start({ executionStartToCloseTimeout: '100', childPolicy: 'ABANDON' });
    assert.equal(swfMachine.wake(run.state), world.now + 100_000);
    world.advance(100_000);
    assert.deepEqual(attributesOf(run, 3), { timeoutType: 'START_TO_CLOSE', childPolicy: 'ABANDON' });
    assert.equal(run.state.close?.status, 'TIMED_OUT');
  },
  { W: '1 WES 2 DTS 3 WorkflowExecutionTimedOut(START_TO_CLOSE)' },
);

scenario(
  '28: Lambda ok',
  (world) => {
    const run = world.start({ lambdaRole: 'arn:role' });
    world.poll(run);
    world.respond(run, [lambda('l1')]);
    assert.deepEqual([...swfMachine.effects(run.state)], [], 'not before it has started');
    world.settle();
    const input = { functionName: 'resize', id: 'l1', input: '{}', lambdaRole: 'arn:role' };
    assert.deepEqual([...swfMachine.effects(run.state)], [{ key: 'l5', kind: 'lambda', input }]);
    world.finish(run, 'l5', { ok: true, value: '{"n":1}' });
    assert.deepEqual([...swfMachine.effects(run.state)], []);
  },
  {
    W: `${beginning} 5 LambdaFunctionScheduled(l1,d4) 6 LambdaFunctionStarted(s5) 7 LambdaFunctionCompleted(s5,st6,result={"n":1}) 8 DTS`,
  },
);

scenario('29: Lambda without role', (world) => world.decide(world.start(), lambda('l1')), {
  W: `${beginning} 5 LambdaFunctionScheduled(l1,d4) 6 StartLambdaFunctionFailed(s5,ASSUME_ROLE_FAILED,No IAM role is attached to the current workflow execution.) 7 DTS`,
});

scenario(
  '30: empty decisions, nothing pending',
  (world) => {
    const run = world.start();
    world.decide(run);
    assert.equal(run.state.open.decisions, 0);
    assert.equal(run.state.close, null);
    assert.deepEqual([...swfMachine.offers(run.state)], []);
  },
  { W: beginning },
);
