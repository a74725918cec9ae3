import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDecisions } from '../../../../src/apis/swf/machine/check-decisions.ts';
import { type Decision, decisionTypes } from '../../../../src/apis/swf/machine/decisions.ts';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import { queueName } from '../../../../src/apis/swf/machine/offers.ts';
import { referencedTypes } from '../../../../src/apis/swf/machine/types.ts';
import {
  cancel,
  cancelActivity,
  cancelExternal,
  cancelTimer,
  child,
  complete,
  continueAsNew,
  fail,
  lambda,
  marker,
  schedule,
  signalExternal,
  timer,
} from './decisions.ts';
import { activityType, attributesOf, beginning, historyOf, SwfWorld, workflowType } from './swf-world.ts';

const scope = 'account/region/domain';

function queues(world: SwfWorld, workflowId = 'W'): string[] {
  return [...swfMachine.offers(world.find(workflowId).state)].map(({ queue }) => queue);
}

test('the decision task is offered with its list, priority and age', () => {
  const world = new SwfWorld();
  const run = world.start({ taskPriority: '5' });
  const scheduledAt = world.now;
  world.now += 100;
  assert.deepEqual(
    [...swfMachine.offers(run.state)],
    [{ key: 'd2', queue: queueName(scope, 'decision', 'deciders'), priority: 5, since: scheduledAt }],
  );
});

test('decision and activity lists of one name are two queues', () => {
  assert.notEqual(queueName(scope, 'decision', 'x'), queueName(scope, 'activity', 'x'));
});

test('starting a task tells all that is handed out', () => {
  const world = new SwfWorld();
  const run = world.start();
  const reply = world.apply(run, { type: 'start-decision-task', scheduledEventId: 2, identity: 'me' });
  assert.deepEqual(reply, {
    workflowId: 'W',
    runId: 'run1',
    workflowType,
    scheduledEventId: 2,
    startedEventId: 3,
    previousStartedEventId: 0,
  });
  assert.deepEqual(attributesOf(run, 3), { identity: 'me', scheduledEventId: 2 });
  assert.throws(() => world.apply(run, { type: 'start-decision-task', scheduledEventId: 2 }), {
    reason: 'unknown-decision-task',
  });
});

test('previousStartedEventId follows completed tasks only', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run);
  world.signal(run);
  world.poll(run);
  world.advance(10_000);
  assert.equal(world.poll(run).previousStartedEventId, 3);
});

test('a late answer, a second answer and a forged one are refused', () => {
  const world = new SwfWorld();
  const run = world.start();
  const answer = { type: 'complete-decision-task', scheduledEventId: 2, decisions: [] } as const;
  const refused = { reason: 'unknown-decision-task', message: 'Unknown decision task, scheduledEventId = 2' };
  assert.throws(() => world.apply(run, { ...answer, startedEventId: 0 }), refused);
  world.poll(run);
  assert.throws(() => world.apply(run, { ...answer, startedEventId: 2 }), refused);
  world.apply(run, { ...answer, startedEventId: 3 });
  assert.throws(() => world.apply(run, { ...answer, startedEventId: 3 }), refused);
  assert.equal(world.history(run), beginning);
});

test('when a started task times out, the one that waits is the next', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.poll(run);
  world.signal(run);
  assert.equal(swfMachine.wake(run.state), world.now + 10_000);
  world.advance(10_000);
  world.poll(run);
  assert.equal(
    world.history(run),
    '1 WES 2 DTS 3 DTSt(s2) 4 Signaled(go,ext0) 5 DTS 6 DTTO(s2,st3,START_TO_CLOSE) 7 DTSt(s5)',
  );
});

test('a task without start-to-close time-out waits as long as the execution', () => {
  const world = new SwfWorld();
  const run = world.start({ taskStartToCloseTimeout: 'NONE' });
  world.poll(run);
  assert.equal(swfMachine.wake(run.state), world.now + 3_600_000);
});

test('the execution context is replaced only when one is given', () => {
  const world = new SwfWorld();
  const run = world.start();
  const contexts = ['first', undefined, ''].map((executionContext) => {
    world.signal(run);
    world.poll(run);
    world.respond(run, [], { executionContext });
    return run.state.latestExecutionContext;
  });
  assert.deepEqual(contexts, ['first', 'first', '']);
});

test('an override without time-out is permanent', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.poll(run);
  world.respond(run, [], { taskList: { name: 'mine' } });
  assert.deepEqual(attributesOf(run, 4), {
    scheduledEventId: 2,
    startedEventId: 3,
    taskList: { name: 'mine' },
  });
  world.signal(run);
  world.poll(run);
  world.advance(10_000);
  assert.deepEqual(queues(world), [queueName(scope, 'decision', 'mine')]);
  assert.deepEqual(run.state.configuration.taskList, { name: 'deciders' });
});

test('a sticky task that nobody starts in time goes back to the original list', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.poll(run);
  world.respond(run, [], { taskList: { name: 'mine' }, taskListScheduleToStartTimeout: '3' });
  world.signal(run);
  assert.deepEqual(attributesOf(run, 6), {
    taskList: { name: 'mine' },
    startToCloseTimeout: '10',
    scheduleToStartTimeout: '3',
  });
  assert.deepEqual(queues(world), [queueName(scope, 'decision', 'mine')]);
  assert.equal(swfMachine.wake(run.state), world.now + 3_000);
  world.advance(3_000);
  assert.equal(
    world.history(run),
    `${beginning} 5 Signaled(go,ext0) 6 DTS 7 DTTO(s6,st0,SCHEDULE_TO_START) 8 DTS`,
  );
  assert.deepEqual(queues(world), [queueName(scope, 'decision', 'deciders')]);
});

test('a sticky task that is started but not completed in time ends the override too', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.poll(run);
  world.respond(run, [], { taskList: { name: 'mine' }, taskListScheduleToStartTimeout: '3' });
  world.signal(run);
  world.poll(run);
  world.advance(9_999);
  assert.equal(historyOf(run).length, 7, 'the wait for a start is over');
  world.advance(1);
  assert.equal(
    world.history(run),
    `${beginning} 5 Signaled(go,ext0) 6 DTS 7 DTSt(s6) 8 DTTO(s6,st7,START_TO_CLOSE) 9 DTS`,
  );
  assert.deepEqual(queues(world), [queueName(scope, 'decision', 'deciders')]);
});

test('a next task that is scheduled already keeps its list; its sticky wait begins when it can be polled', () => {
  const world = new SwfWorld();
  const run = world.start();
  const sticky = { taskList: { name: 'mine' }, taskListScheduleToStartTimeout: '3' };
  world.poll(run);
  world.signal(run);
  world.respond(run, [], sticky);
  assert.deepEqual(queues(world), [queueName(scope, 'decision', 'deciders')]);
  world.poll(run);
  world.respond(run, []);
  world.signal(run);
  world.poll(run);
  world.signal(run);
  world.advance(5_000);
  world.respond(run, []);
  assert.deepEqual(queues(world), [queueName(scope, 'decision', 'mine')]);
  assert.equal(swfMachine.wake(run.state), world.now + 3_000);
});

test('a failed decision of the same batch keeps the execution open', () => {
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, cancelTimer('none'), timer('T', '5'), complete());
  assert.equal(
    world.history(run),
    `${beginning} 5 CancelTimerFailed(none,d4,TIMER_ID_UNKNOWN) 6 TimerStarted(T,5,d4) 7 CompleteWorkflowExecutionFailed(d4,UNHANDLED_DECISION) 8 DTS`,
  );
});

const closings = [
  ['CompleteWorkflowExecution', complete()],
  ['FailWorkflowExecution', fail('r')],
  ['CancelWorkflowExecution', cancel()],
  ['ContinueAsNewWorkflowExecution', continueAsNew()],
] as const;

for (const [name, closing] of closings) {
  test(`${name} is unhandled after news, its batch stays applied, and no task is added`, () => {
    const world = new SwfWorld();
    const run = world.start();
    world.poll(run);
    world.signal(run);
    world.respond(run, [marker('m'), closing]);
    assert.equal(
      world.history(run),
      `1 WES 2 DTS 3 DTSt(s2) 4 Signaled(go,ext0) 5 DTS 6 DTC(s2,st3) 7 MarkerRecorded(m,d6) 8 ${name}Failed(d6,UNHANDLED_DECISION)`,
    );
  });
}

const denials: readonly (readonly [Decision, string])[] = [
  [schedule('a'), 'ScheduleActivityTaskFailed(d4,NO) 6 DTS'],
  [cancelActivity('a'), 'RequestCancelActivityTaskFailed(d4,NO) 6 DTS'],
  [complete(), 'CompleteWorkflowExecutionFailed(d4,NO) 6 DTS'],
  [fail(), 'FailWorkflowExecutionFailed(d4,NO) 6 DTS'],
  [cancel(), 'CancelWorkflowExecutionFailed(d4,NO) 6 DTS'],
  [continueAsNew(), 'ContinueAsNewWorkflowExecutionFailed(d4,NO) 6 DTS'],
  [marker('m'), 'RecordMarkerFailed(m,d4,NO)'],
  [timer('T', '1'), 'StartTimerFailed(T,d4,NO) 6 DTS'],
  [cancelTimer('T'), 'CancelTimerFailed(T,d4,NO) 6 DTS'],
  [signalExternal('X'), 'SignalExternalFailed(X,i0,d4,NO) 6 DTS'],
  [cancelExternal('X'), 'CancelExternalFailed(X,i0,d4,NO) 6 DTS'],
  [child('C'), 'StartChildFailed(C,i0,d4,NO) 6 DTS'],
  [lambda('l'), 'LambdaFunctionScheduled(l,d4)'],
];

for (const [denied, expected] of denials) {
  test(`${denied.decisionType} denied by access control`, () => {
    const world = new SwfWorld();
    const run = world.start({ lambdaRole: 'arn:role' });
    world.poll(run);
    world.respond(run, [denied], { denied: { 0: 'OPERATION_NOT_PERMITTED' } });
    assert.equal(world.history(run), `${beginning} 5 ${expected.replace('NO', 'OPERATION_NOT_PERMITTED')}`);
  });
}

test('every decision type is denied or let through in a test of its own', () => {
  assert.deepEqual(denials.map(([{ decisionType }]) => decisionType).sort(), [...decisionTypes].sort());
});

test('a closing decision must be the last', () => {
  const error = 'Close must be last decision in list';
  for (const [, closing] of closings) {
    assert.deepEqual(checkDecisions([closing, marker('m')]), { violations: [], error });
    assert.deepEqual(checkDecisions([closing, closing]), { violations: [], error });
    assert.deepEqual(checkDecisions([marker('m'), closing]), { violations: [] });
  }
});

test('attributes must fit the decision type; closing decisions need none', () => {
  const missing: Decision[] = [
    { decisionType: 'CompleteWorkflowExecution' },
    { decisionType: 'StartTimer', cancelTimerDecisionAttributes: { timerId: 'T' } },
  ];
  assert.deepEqual(checkDecisions(missing.toReversed()).violations, [
    "Value null at 'decisions.1.member.startTimerDecisionAttributes' failed to satisfy constraint: Member must not be null",
  ]);
  const world = new SwfWorld();
  const run = world.start();
  world.decide(run, ...missing.slice(0, 1));
  assert.equal(world.history(run), `${beginning} 5 WorkflowExecutionCompleted(d4)`);
});

test('the types that decisions name, each once', () => {
  const { state } = new SwfWorld().start();
  const decisions = [
    schedule('a'),
    schedule('b'),
    child('C', { workflowType: { name: 'Other', version: '3' } }),
    marker('m'),
    continueAsNew({ workflowTypeVersion: '2' }),
  ];
  assert.deepEqual(referencedTypes(decisions, state), {
    activity: [activityType],
    workflow: [
      { name: 'Other', version: '3' },
      { name: 'Order', version: '2' },
    ],
  });
  assert.deepEqual(referencedTypes([continueAsNew()], state).workflow, [workflowType]);
});
