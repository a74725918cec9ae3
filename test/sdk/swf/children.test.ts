import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChildPolicy } from '@aws-sdk/client-swf';
import {
  cancel,
  cancelExternal,
  child,
  complete,
  continueAsNew,
  fail,
  signalExternal,
} from '../../apis/swf/machine/decisions.ts';
import { beginning } from '../../apis/swf/machine/swf-world.ts';
import { domain, everything, openWorld, type SdkWorld, scenario } from './sdk-world.ts';

const kids = { taskList: { name: 'kids' } };
const wards = { taskList: { name: 'wards' } };

/** How a parent may close, each with a child open. */
const ends: Readonly<Record<string, (world: SdkWorld) => Promise<unknown>>> = {
  COMPLETED: (world) => world.decide(complete()),
  FAILED: (world) => world.decide(fail()),
  CANCELED: (world) => world.decide(cancel()),
  TERMINATED: ({ swf }) => swf.terminateWorkflowExecution({ domain, workflowId: 'P' }),
  TIMED_OUT: (world) => world.advance(100_000),
  CONTINUED_AS_NEW: (world) => world.decide(continueAsNew()),
};

const policies: readonly (readonly [ChildPolicy, string])[] = [
  ['TERMINATE', ' 3 WorkflowExecutionTerminated(CHILD_POLICY_APPLIED)'],
  ['REQUEST_CANCEL', ' 3 CancelRequested(ext0,from P/run1,CHILD_POLICY_APPLIED)'],
  ['ABANDON', ''],
];

for (const [status, end] of Object.entries(ends)) {
  for (const [childPolicy, effect] of policies) {
    test(`a parent that is ${status} with policy ${childPolicy}`, async (context) => {
      const world = await openWorld(context);
      const parent = await world.start({ childPolicy, executionStartToCloseTimeout: '100' }, 'P');
      await world.decide(child('C', kids));
      await world.quiet();
      await end(world);
      await world.quiet();
      const { executionInfo, openCounts } = await world.describe(parent);
      assert.equal(executionInfo?.closeStatus, status);
      assert.equal(openCounts?.openChildWorkflowExecutions, 1);
      const run = await world.latest('C');
      assert.equal(await world.history(run), `1 WES(i5,parent P/run1) 2 DTS${effect}`);
      assert.deepEqual((await world.describe(run)).executionInfo?.parent, parent);
    });
  }
}

test('the policy that a request to terminate names goes before', async (context) => {
  const world = await openWorld(context);
  await world.start({ childPolicy: 'TERMINATE' }, 'P');
  await world.decide(child('C', kids));
  await world.quiet();
  await world.swf.terminateWorkflowExecution({ domain, workflowId: 'P', childPolicy: 'REQUEST_CANCEL' });
  await world.expect({
    C: '1 WES(i5,parent P/run1) 2 DTS 3 CancelRequested(ext0,from P/run1,CHILD_POLICY_APPLIED)',
  });
});

test('terminated children apply their own policies to their children', async (context) => {
  const world = await openWorld(context);
  await world.start({}, 'P');
  await world.decide(child('C', kids));
  await world.decideOn('kids', child('G', { ...wards, childPolicy: 'ABANDON' }));
  await world.decideOn('wards', child('H', { taskList: { name: 'last' } }));
  await world.quiet();
  await world.swf.terminateWorkflowExecution({ domain, workflowId: 'P' });
  await world.quiet();
  const status = async (workflowId: string) =>
    (await world.describe(await world.latest(workflowId))).executionInfo?.closeStatus;
  assert.deepEqual(
    [await status('C'), await status('G'), await status('H')],
    ['TERMINATED', 'TERMINATED', undefined],
  );
});

scenario(
  'a child that is terminated tells its parent',
  async (world) => {
    await world.start({}, 'P');
    await world.decide(child('C', kids));
    await world.quiet();
    await world.swf.terminateWorkflowExecution({ domain, workflowId: 'C', reason: 'not told' });
  },
  {
    P: `${beginning} 5 ChildInitiated(C,d4) 6 ChildStarted(i5,C/run1) 7 DTS 8 ChildTerminated(i5,st6,C/run1)`,
  },
);

test('a child continued as new keeps its parent and reports with its last run', async (context) => {
  const world = await openWorld(context);
  const parent = await world.start({}, 'P');
  await world.decide(child('C', kids));
  await world.quiet();
  await world.advance(1);
  await world.decideOn('kids', continueAsNew({ ...kids, input: 'again' }));
  await world.quiet();
  assert.equal((await world.events(parent)).length, 7, 'the parent hears nothing of it');
  await world.decideOn('kids', complete('end'));
  await world.expect({
    C: '1 WES(i5,parent P/run1,after run1) 2 DTS 3 DTSt(s2) 4 DTC(s2,st3) 5 WorkflowExecutionCompleted(d4,result=end)',
    P: `${beginning} 5 ChildInitiated(C,d4) 6 ChildStarted(i5,C/run1) 7 DTS 8 ChildCompleted(i5,st6,C/run2,result=end)`,
  });
});

scenario(
  'continue-as-new may change everything, and takes the rest from the type',
  async (world) => {
    await world.start({ tagList: ['t'], taskPriority: '5', taskStartToCloseTimeout: '77' });
    const given = { taskList: { name: 'new' }, childPolicy: 'ABANDON', tagList: ['u'], input: 'i' } as const;
    await world.clock.advance(1);
    await world.decide(continueAsNew(given));
    const next = await world.latest('W');
    assert.deepEqual(await world.attributes(next, 1), {
      ...given,
      executionStartToCloseTimeout: '3600',
      taskStartToCloseTimeout: '10',
      workflowType: { name: 'Order', version: '1' },
      continuedExecutionRunId: (await world.runs())[0]?.runId,
      parentInitiatedEventId: 0,
    });
  },
  { W: '1 WES(after run1) 2 DTS' },
);

const refusals = [
  ['WORKFLOW_TYPE_DOES_NOT_EXIST', { workflowTypeVersion: '9' }],
  ['UNHANDLED_DECISION', {}],
] as const;

for (const [cause, given] of refusals) {
  scenario(
    `continue-as-new fails: ${cause}`,
    async (world) => {
      await world.start();
      const task = await world.poll();
      if (cause === 'UNHANDLED_DECISION') await world.signal();
      await world.respond(task, [continueAsNew(given)]);
    },
    {
      W:
        cause === 'UNHANDLED_DECISION'
          ? `1 WES 2 DTS 3 DTSt(s2) 4 Signaled(go,ext0) 5 DTS 6 DTC(s2,st3) 7 ContinueAsNewWorkflowExecutionFailed(d6,${cause})`
          : `${beginning} 5 ContinueAsNewWorkflowExecutionFailed(d4,${cause}) 6 DTS`,
    },
  );
}

const bare = { workflowType: { name: 'Bare', version: '1' } };
const failures = [
  ['WORKFLOW_TYPE_DEPRECATED', { workflowType: { name: 'Old', version: '1' } }],
  ['DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED', bare],
  ['DEFAULT_TASK_LIST_UNDEFINED', { ...bare, executionStartToCloseTimeout: '1' }],
] as const;

for (const [cause, given] of failures) {
  scenario(
    `a child is not even initiated: ${cause}`,
    async (world) => {
      await world.start();
      await world.decide(child('C', given));
      const { count } = await world.swf.countOpenWorkflowExecutions({ domain, startTimeFilter: everything });
      assert.equal(count, 1);
    },
    { W: `${beginning} 5 StartChildFailed(C,i0,d4,${cause}) 6 DTS` },
  );
}

scenario(
  'a cancel request from another execution',
  async (world) => {
    await world.start(kids, 'T');
    await world.start({}, 'S');
    await world.decide(cancelExternal('T', { control: 'c' }));
    await world.quiet();
    assert.equal((await world.describe(await world.latest('T'))).executionInfo?.cancelRequested, true);
  },
  {
    S: `${beginning} 5 CancelExternalInitiated(T,d4,control=c) 6 ExternalCancelRequested(i5,T/run1) 7 DTS`,
    T: '1 WES 2 DTS 3 CancelRequested(ext5,from S/run1)',
  },
);

scenario(
  'a cancel request to an execution that is closed',
  async (world) => {
    await world.start(kids, 'T');
    await world.decideOn('kids', complete());
    await world.start({}, 'S');
    await world.decide(cancelExternal('T'), signalExternal('T'));
  },
  {
    S: `${beginning} 5 CancelExternalInitiated(T,d4) 6 SignalExternalInitiated(ping,T,d4) 7 CancelExternalFailed(T,i5,d4,UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION) 8 DTS 9 SignalExternalFailed(T,i6,d4,UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION)`,
  },
);

scenario(
  'an execution may signal itself',
  async (world) => {
    await world.start();
    await world.decide(signalExternal('W'));
  },
  {
    W: `${beginning} 5 SignalExternalInitiated(ping,W,d4) 6 Signaled(ping,ext5,from W/run1) 7 DTS 8 ExternalSignaled(i5,W/run1)`,
  },
);

scenario(
  'executions of another domain are out of reach',
  async (world) => {
    const { swf } = world;
    await swf.registerDomain({ name: 'other', workflowExecutionRetentionPeriodInDays: '1' });
    const type = { name: 'Order', version: '1' };
    const settings = {
      childPolicy: 'ABANDON',
      executionStartToCloseTimeout: '9',
      taskStartToCloseTimeout: '9',
    } as const;
    await swf.registerWorkflowType({ domain: 'other', ...type });
    await swf.startWorkflowExecution({
      domain: 'other',
      workflowId: 'T',
      workflowType: type,
      ...kids,
      ...settings,
    });
    await world.start();
    await world.decide(signalExternal('T'));
  },
  {
    W: `${beginning} 5 SignalExternalInitiated(ping,T,d4) 6 SignalExternalFailed(T,i5,d4,UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION) 7 DTS`,
  },
);
