import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swfMachine } from '../../../../src/apis/swf/machine/machine.ts';
import type { ChildPolicy } from '../../../../src/apis/swf/machine/values.ts';
import { defaultLimits } from '../../../../src/apis/swf/machine/values.ts';
import { cancel, child, complete, continueAsNew, fail } from './decisions.ts';
import {
  attributesOf,
  beginning,
  historyOf,
  type SwfRun,
  SwfWorld,
  types,
  workflowType,
} from './swf-world.ts';

test('an initiated child shows everything resolved, and starts so', () => {
  const world = new SwfWorld();
  const parent = world.start({ taskPriority: '8' }, 'P');
  world.decide(parent, child('C', { input: 'i', control: 'c', tagList: ['t'], taskList: { name: 'kids' } }));
  const resolved = {
    input: 'i',
    executionStartToCloseTimeout: '3600',
    taskStartToCloseTimeout: '10',
    childPolicy: 'TERMINATE',
    taskList: { name: 'kids' },
    tagList: ['t'],
    workflowType,
  };
  assert.deepEqual(attributesOf(parent, 5), {
    workflowId: 'C',
    control: 'c',
    decisionTaskCompletedEventId: 4,
    ...resolved,
  });
  const run = world.find('C');
  assert.deepEqual(attributesOf(run, 1), {
    ...resolved,
    parentWorkflowExecution: { workflowId: 'P', runId: 'run1' },
    parentInitiatedEventId: 5,
  });
  assert.deepEqual(attributesOf(parent, 6), {
    workflowExecution: { workflowId: 'C', runId: 'run2' },
    workflowType,
    initiatedEventId: 5,
  });
  assert.equal(run.state.retentionDays, 2);
  assert.deepEqual(swfMachine.summary(run.state).detail, {
    parent: { workflowId: 'P', runId: 'run1' },
    cancelRequested: false,
  });
});

const bare = { workflowType: { name: 'Bare', version: '1' } };
const refusals = [
  ['WORKFLOW_TYPE_DOES_NOT_EXIST', { workflowType: { name: 'Order', version: '9' } }],
  ['WORKFLOW_TYPE_DEPRECATED', { workflowType: { name: 'Old', version: '1' } }],
  ['DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED', bare],
  ['DEFAULT_TASK_LIST_UNDEFINED', { ...bare, executionStartToCloseTimeout: '1' }],
  [
    'DEFAULT_TASK_START_TO_CLOSE_TIMEOUT_UNDEFINED',
    { ...bare, executionStartToCloseTimeout: '1', taskList: { name: 'l' } },
  ],
  [
    'DEFAULT_CHILD_POLICY_UNDEFINED',
    { ...bare, executionStartToCloseTimeout: '1', taskList: { name: 'l' }, taskStartToCloseTimeout: '1' },
  ],
] as const;

for (const [cause, given] of refusals) {
  test(`starting a child fails: ${cause}`, () => {
    const world = new SwfWorld();
    const run = world.start();
    world.decide(run, child('C', { ...given, control: 'c', input: 'not echoed' }));
    assert.deepEqual(attributesOf(run, 5), {
      workflowType: given.workflowType,
      cause,
      workflowId: 'C',
      initiatedEventId: 0,
      decisionTaskCompletedEventId: 4,
      control: 'c',
    });
    assert.equal(historyOf(run).length, 6);
  });
}

test('open children and the executions of a domain are limited', () => {
  const world = new SwfWorld();
  const narrow = world.start({ limits: { ...defaultLimits, openChildren: 1 } });
  world.decide(narrow, child('A'), child('B'));
  assert.match(world.history(narrow), /6 StartChildFailed\(B,i0,d4,OPEN_CHILDREN_LIMIT_EXCEEDED\)/);
  const crowded = world.start({}, 'X');
  world.poll(crowded);
  world.respond(crowded, [child('D'), child('E')], { types: { ...types, openExecutionsQuota: 1 } });
  assert.match(world.history(crowded), /6 StartChildFailed\(E,i0,d4,OPEN_WORKFLOWS_LIMIT_EXCEEDED\)/);
});

test('a terminated child reports so', () => {
  const world = new SwfWorld();
  const parent = world.start({}, 'P');
  world.decide(parent, child('C'));
  world.apply(world.find('C'), { type: 'terminate', reason: 'not told' });
  world.settle();
  assert.match(world.history(parent), /8 ChildTerminated\(i5,st6,C\/run2\)$/);
  assert.equal(parent.state.open.children, 0);
});

/** How a parent may close, each with a child open. */
const ends: Readonly<Record<string, (world: SwfWorld, parent: SwfRun) => void>> = {
  COMPLETED: (world, parent) => world.decide(parent, complete()),
  FAILED: (world, parent) => world.decide(parent, fail()),
  CANCELED: (world, parent) => world.decide(parent, cancel()),
  TERMINATED: (world, parent) => {
    world.apply(parent, { type: 'terminate' });
    world.settle();
  },
  TIMED_OUT: (world) => world.advance(100_000),
  CONTINUED_AS_NEW: (world, parent) => world.decide(parent, continueAsNew()),
};

const policies: readonly (readonly [ChildPolicy, string])[] = [
  ['TERMINATE', ' 3 WorkflowExecutionTerminated(CHILD_POLICY_APPLIED)'],
  ['REQUEST_CANCEL', ' 3 CancelRequested(ext0,from P/run1,CHILD_POLICY_APPLIED)'],
  ['ABANDON', ''],
];

for (const [status, end] of Object.entries(ends)) {
  for (const [childPolicy, effect] of policies) {
    test(`a parent that is ${status} with policy ${childPolicy}`, () => {
      const world = new SwfWorld();
      const parent = world.start({ childPolicy, executionStartToCloseTimeout: '100' }, 'P');
      world.decide(parent, child('C'));
      end(world, parent);
      assert.equal(parent.state.close?.status, status);
      assert.equal(parent.state.open.children, 1);
      const run = world.find('C');
      assert.equal(world.history(run), `1 WES(i5,parent P/run1) 2 DTS${effect}`);
      assert.ok(run.state.parent, 'the parent stays visible');
    });
  }
}

test('a terminated parent applies the policy that the request named', () => {
  const world = new SwfWorld();
  const parent = world.start({ childPolicy: 'TERMINATE' }, 'P');
  world.decide(parent, child('C'));
  world.apply(parent, { type: 'terminate', childPolicy: 'ABANDON' });
  world.settle();
  assert.equal(world.history(world.find('C')), '1 WES(i5,parent P/run1) 2 DTS');
});

test('terminated children apply their own policies to their children', () => {
  const world = new SwfWorld();
  const parent = world.start({}, 'P');
  world.decide(parent, child('C'));
  world.decide(world.find('C'), child('G', { childPolicy: 'ABANDON' }));
  world.decide(world.find('G'), child('H'));
  world.apply(parent, { type: 'terminate' });
  world.settle();
  const status = ['C', 'G', 'H'].map((id) => world.find(id).state.close?.status);
  assert.deepEqual(status, ['TERMINATED', 'TERMINATED', undefined]);
});

test('a child continued as new keeps its parent, feels its policy and reports with its own run', () => {
  const world = new SwfWorld();
  const parent = world.start({}, 'P');
  world.decide(parent, child('C'));
  world.decide(world.find('C'), continueAsNew());
  const next = world.find('C');
  assert.equal(world.history(next), '1 WES(i5,parent P/run1,after run2) 2 DTS');
  assert.equal(historyOf(parent).length, 7, 'the parent hears nothing of it');
  world.decide(next, complete('end'));
  assert.match(world.history(parent), /7 DTS 8 ChildCompleted\(i5,st6,C\/run3,result=end\)$/);

  const other = world.start({}, 'Q');
  world.decide(other, child('D'));
  world.decide(world.find('D'), continueAsNew());
  world.apply(other, { type: 'terminate' });
  world.settle();
  assert.equal(world.find('D').state.close?.status, 'TERMINATED');
});

test('the policy does not touch an execution that only has the name of a child', () => {
  const world = new SwfWorld();
  const parent = world.start({}, 'P');
  world.decide(parent, child('C'));
  world.apply(world.find('C'), { type: 'terminate' });
  const stranger = world.start({}, 'C');
  world.apply(parent, { type: 'terminate' });
  world.settle();
  assert.equal(world.history(stranger), '1 WES 2 DTS');
});

test('the policy reaches a child once, although its name was asked for again', () => {
  const world = new SwfWorld();
  const parent = world.start({ childPolicy: 'REQUEST_CANCEL' }, 'P');
  world.decide(parent, child('C'));
  world.decide(parent, child('C'), complete());
  assert.equal(
    world.history(world.find('C')),
    '1 WES(i5,parent P/run1) 2 DTS 3 CancelRequested(ext0,from P/run1,CHILD_POLICY_APPLIED)',
  );
});

test('a parent that closes before its child has started still applies its policy', () => {
  const world = new SwfWorld();
  const parent = world.start({}, 'P');
  world.poll(parent);
  world.respond(parent, [child('C'), complete()]);
  world.settle();
  assert.equal(
    world.history(world.find('C')),
    '1 WES(i5,parent P/run1) 2 DTS 3 WorkflowExecutionTerminated(CHILD_POLICY_APPLIED)',
  );
  assert.equal(world.history(parent), `${beginning} 5 ChildInitiated(C,d4) 6 WorkflowExecutionCompleted(d4)`);
});

test('a child that outlives its parent reports to nobody', () => {
  const world = new SwfWorld();
  const parent = world.start({ childPolicy: 'ABANDON' }, 'P');
  world.decide(parent, child('C'));
  world.decide(parent, complete());
  const length = historyOf(parent).length;
  world.decide(world.find('C'), complete());
  assert.equal(historyOf(parent).length, length);
});
