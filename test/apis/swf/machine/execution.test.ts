import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import { defaultLimits } from '../../../../src/apis/swf/machine/values.ts';
import { cancel, complete, continueAsNew, marker, schedule, timer } from './decisions.ts';
import { attributesOf, beginning, historyOf, SwfWorld, types, workflowType } from './swf-world.ts';

test('the first two events are wire text with the zero members', () => {
  const world = new SwfWorld();
  const run = world.start({ input: '', tagList: ['t1', 't2'], taskPriority: '-7', lambdaRole: 'arn:role' });
  assert.deepEqual(historyOf(run), [
    {
      eventTimestamp: world.now / 1000,
      eventType: 'WorkflowExecutionStarted',
      eventId: 1,
      workflowExecutionStartedEventAttributes: {
        input: '',
        executionStartToCloseTimeout: '3600',
        taskStartToCloseTimeout: '10',
        childPolicy: 'TERMINATE',
        taskList: { name: 'deciders' },
        taskPriority: '-7',
        workflowType,
        tagList: ['t1', 't2'],
        parentInitiatedEventId: 0,
        lambdaRole: 'arn:role',
      },
    },
    {
      eventTimestamp: world.now / 1000,
      eventType: 'DecisionTaskScheduled',
      eventId: 2,
      decisionTaskScheduledEventAttributes: {
        taskList: { name: 'deciders' },
        taskPriority: '-7',
        startToCloseTimeout: '10',
        scheduleToStartTimeout: 'NONE',
      },
    },
  ]);
  assert.deepEqual(run.state.configuration, {
    taskList: { name: 'deciders' },
    taskPriority: '-7',
    executionStartToCloseTimeout: '3600',
    taskStartToCloseTimeout: '10',
    childPolicy: 'TERMINATE',
    lambdaRole: 'arn:role',
  });
});

test('an absent priority leaves no trace', () => {
  const run = new SwfWorld().start();
  assert.equal('taskPriority' in run.state.configuration, false);
  assert.equal(JSON.stringify(historyOf(run)).includes('taskPriority'), false);
  assert.equal([...swfMachine.offers(run.state)][0]?.priority, 0);
});

test('signals and cancel requests through the API show no sender', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.apply(run, { type: 'signal', signalName: 'go', input: 'i' });
  world.apply(run, { type: 'request-cancel' });
  world.apply(run, { type: 'request-cancel' });
  assert.deepEqual(attributesOf(run, 3), { signalName: 'go', input: 'i', externalInitiatedEventId: 0 });
  assert.deepEqual(attributesOf(run, 4), { externalInitiatedEventId: 0 });
  assert.equal(historyOf(run).length, 5);
});

test('a cancel request shows only while the execution is open', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.apply(run, { type: 'request-cancel' });
  assert.deepEqual(swfMachine.summary(run.state).detail, { cancelRequested: true });
  world.decide(run, cancel());
  assert.deepEqual(swfMachine.summary(run.state).detail, { cancelRequested: false });
});

test('a terminated execution shows the policy that the request named', () => {
  const world = new SwfWorld();
  const run = world.start({ childPolicy: 'TERMINATE' });
  world.apply(run, { type: 'terminate', childPolicy: 'ABANDON' });
  assert.deepEqual(attributesOf(run, 3), { childPolicy: 'ABANDON', cause: 'OPERATOR_INITIATED' });
});

test('what is open when the execution closes stays counted, and asks for nothing more', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, schedule('a'), timer('T', '5'));
  world.signal(run);
  world.apply(run, { type: 'terminate' });
  assert.deepEqual(run.state.open, { decisions: 1, activities: 1, timers: 1, children: 0, lambdas: 0 });
  assert.deepEqual([...swfMachine.offers(run.state)], []);
  assert.equal(swfMachine.wake(run.state), undefined);
  world.apply(run, swfMachine.tick());
  assert.equal(historyOf(run).at(-1)?.eventType, 'WorkflowExecutionTerminated');
});

test('summaries say when a closed execution ended and is forgotten', () => {
  const world = new SwfWorld();
  const run = world.start({ retentionDays: 2, tagList: ['t'] });
  const open = { type: 'Order', typeVersion: '1', tags: ['t'], detail: { cancelRequested: false } };
  assert.deepEqual(swfMachine.summary(run.state), { status: 'running', vendorStatus: 'OPEN', ...open });
  world.now += 5;
  world.decide(run, complete());
  assert.deepEqual(swfMachine.summary(run.state), {
    status: 'succeeded',
    vendorStatus: 'COMPLETED',
    ...open,
    endedAt: world.now,
    expiresAt: world.now + 2 * 86_400_000,
  });
});

test('without retention a closed execution is forgotten at once', () => {
  const world = new SwfWorld();
  const run = world.start({ retentionDays: 0 });
  world.apply(run, { type: 'terminate' });
  const { status, expiresAt } = swfMachine.summary(run.state);
  assert.deepEqual({ status, expiresAt }, { status: 'terminated', expiresAt: world.now });
});

test('the execution time-out comes in the order in which things fell due, and ends all', () => {
  const world = new SwfWorld();
  const run = world.start({ executionStartToCloseTimeout: '10' });
  world.decide(run, timer('same', '10'), timer('before', '9'), timer('after', '11'));
  world.now += 20_000;
  world.tickDue();
  const expected = '8 TimerFired(before,st6) 9 DTS 10 WorkflowExecutionTimedOut(START_TO_CLOSE)';
  assert.equal(
    world.history(run),
    `${beginning} 5 TimerStarted(same,10,d4) 6 TimerStarted(before,9,d4) 7 TimerStarted(after,11,d4) ${expected}`,
  );
});

test('a history that reaches the event limit is ended, the batch whole', () => {
  const world = new SwfWorld();
  const run = world.start({ limits: { ...defaultLimits, events: 7 } });
  world.decide(run, marker('m1'), marker('m2'));
  assert.equal(historyOf(run).length, 6, 'one below the limit goes on');
  world.signal(run);
  assert.equal(
    world.history(run),
    `${beginning} 5 MarkerRecorded(m1,d4) 6 MarkerRecorded(m2,d4) 7 Signaled(go,ext0) 8 DTS 9 WorkflowExecutionTerminated(EVENT_LIMIT_EXCEEDED)`,
  );
});

const refusedContinuations = [
  ['WORKFLOW_TYPE_DOES_NOT_EXIST', 'Order', '9', {}],
  ['WORKFLOW_TYPE_DEPRECATED', 'Old', '1', {}],
  ['DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED', 'Bare', '1', {}],
  ['DEFAULT_TASK_START_TO_CLOSE_TIMEOUT_UNDEFINED', 'Bare', '1', { executionStartToCloseTimeout: '1' }],
  [
    'DEFAULT_TASK_LIST_UNDEFINED',
    'Bare',
    '1',
    { executionStartToCloseTimeout: '1', taskStartToCloseTimeout: '1' },
  ],
  [
    'DEFAULT_CHILD_POLICY_UNDEFINED',
    'Bare',
    '1',
    { executionStartToCloseTimeout: '1', taskStartToCloseTimeout: '1', taskList: { name: 'l' } },
  ],
] as const;

for (const [cause, name, version, given] of refusedContinuations) {
  test(`continue as new fails: ${cause}`, () => {
    const world = new SwfWorld();
    const run = world.start({ workflowType: { name, version: '1' } });
    world.decide(run, continueAsNew({ workflowTypeVersion: version, ...given }));
    assert.equal(
      world.history(run),
      `${beginning} 5 ContinueAsNewWorkflowExecutionFailed(d4,${cause}) 6 DTS`,
    );
  });
}

test('continue as new takes the type defaults, not this execution, and leaves everything behind', () => {
  const world = new SwfWorld();
  const run = world.start({ taskList: { name: 'special' }, tagList: ['old'], childPolicy: 'ABANDON' });
  world.decide(run, timer('T', '5'), schedule('a'));
  world.signal(run);
  world.now += 7;
  world.decide(run, continueAsNew({ executionStartToCloseTimeout: '50' }));
  const next = world.find('W');
  assert.deepEqual(attributesOf(next, 1), {
    executionStartToCloseTimeout: '50',
    taskStartToCloseTimeout: '10',
    childPolicy: 'TERMINATE',
    taskList: { name: 'deciders' },
    workflowType,
    continuedExecutionRunId: 'run1',
    parentInitiatedEventId: 0,
  });
  assert.equal(swfMachine.wake(next.state), world.now + 50_000);
  assert.equal(next.state.retentionDays, 2);
  assert.equal(swfMachine.summary(run.state).vendorStatus, 'CONTINUED_AS_NEW');
  assert.equal(swfMachine.summary(run.state).status, 'succeeded');
});

test('a signal during the decision keeps it from continuing as new', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.poll(run);
  world.signal(run);
  world.respond(run, [continueAsNew()], { types });
  assert.equal(
    world.history(run),
    '1 WES 2 DTS 3 DTSt(s2) 4 Signaled(go,ext0) 5 DTS 6 DTC(s2,st3) 7 ContinueAsNewWorkflowExecutionFailed(d6,UNHANDLED_DECISION)',
  );
});
