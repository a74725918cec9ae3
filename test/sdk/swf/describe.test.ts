import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallFunction } from '../../../src/functions/call-function.ts';
import { cancel, child, complete, lambda, schedule, timer } from '../../apis/swf/machine/decisions.ts';
import { account } from '../../support/start-server.ts';
import { domain, openWorld, workflowType } from './sdk-world.ts';
import { createClient, refuses } from './swf-client.ts';

const tagList = ['music purchase', 'digital', 'ricoh-the-dog'];
const lambdaRole = `arn:aws:iam::${account}:role/functions`;

/** A function that is never done. */
const callFunction: CallFunction = () => new Promise(() => {});

test('a child with something of everything open shows every member', async (context) => {
  const world = await openWorld(context, { callFunction });
  const parent = await world.start({}, 'P');
  const settings = {
    executionStartToCloseTimeout: '3600',
    taskStartToCloseTimeout: '600',
    childPolicy: 'REQUEST_CANCEL' as const,
    taskList: { name: 'specialTaskList' },
    taskPriority: '100',
    lambdaRole,
  };
  await world.decide(child('C', { ...settings, tagList }));
  const startTimestamp = new Date(world.clock.now());
  const task = await world.poll('specialTaskList');
  await world.advance(1_500);
  const latestActivityTaskTimestamp = new Date(world.clock.now());
  const decisions = [schedule('a'), schedule('b'), timer('t', '60'), lambda('l'), child('G')];
  await world.respond(task, decisions, { executionContext: 'step one' });
  await world.quiet();
  await world.swf.requestCancelWorkflowExecution({ domain, workflowId: 'C' });
  const execution = await world.latest('C');
  const { $metadata: _, ...shown } = { ...(await world.describe(execution)), $metadata: 0 };
  assert.deepEqual(shown, {
    executionInfo: {
      execution,
      workflowType,
      startTimestamp,
      executionStatus: 'OPEN',
      parent,
      tagList,
      cancelRequested: true,
    },
    executionConfiguration: settings,
    openCounts: {
      openActivityTasks: 2,
      openDecisionTasks: 1,
      openTimers: 1,
      openChildWorkflowExecutions: 1,
      openLambdaFunctions: 1,
    },
    latestActivityTaskTimestamp,
    latestExecutionContext: 'step one',
  });
});

test('a bare execution shows nothing that was not set', async (context) => {
  const world = await openWorld(context);
  const execution = await world.start();
  const { $metadata: _, ...shown } = { ...(await world.describe(execution)), $metadata: 0 };
  assert.deepEqual(shown, {
    executionInfo: {
      execution,
      workflowType,
      startTimestamp: new Date(world.clock.now()),
      executionStatus: 'OPEN',
      cancelRequested: false,
    },
    executionConfiguration: {
      executionStartToCloseTimeout: '3600',
      taskStartToCloseTimeout: '10',
      childPolicy: 'TERMINATE',
      taskList: { name: 'deciders' },
    },
    openCounts: {
      openActivityTasks: 0,
      openDecisionTasks: 1,
      openTimers: 0,
      openChildWorkflowExecutions: 0,
      openLambdaFunctions: 0,
    },
  });
});

test('a closed execution shows when and how, and no longer that it was asked to cancel', async (context) => {
  const world = await openWorld(context);
  const execution = await world.start();
  await world.swf.requestCancelWorkflowExecution({ domain, workflowId: 'W' });
  await world.advance(2_000);
  await world.decide(cancel());
  const { executionInfo } = await world.describe(execution);
  assert.deepEqual(executionInfo, {
    execution,
    workflowType,
    startTimestamp: new Date(world.clock.now() - 2_000),
    closeTimestamp: new Date(world.clock.now()),
    executionStatus: 'CLOSED',
    closeStatus: 'CANCELED',
    cancelRequested: false,
  });
});

test('the time of the latest activity follows every activity event', async (context) => {
  const world = await openWorld(context);
  const run = await world.start();
  const latest = async () => (await world.describe(run)).latestActivityTaskTimestamp?.getTime();
  assert.equal(await latest(), undefined);
  await world.decide(schedule('a'));
  assert.equal(await latest(), world.clock.now());
  await world.advance(1_000);
  const task = await world.work();
  assert.equal(await latest(), world.clock.now());
  await world.advance(1_000);
  await world.swf.respondActivityTaskFailed({ taskToken: task.taskToken, reason: 'r', details: 'd' });
  const failed = world.clock.now();
  await world.advance(1_000);
  await world.signal();
  assert.equal(await latest(), failed);
});

test('the latest context is the last that was given, and may be empty', async (context) => {
  const world = await openWorld(context);
  const run = await world.start();
  const shown: unknown[] = [];
  for (const executionContext of ['one', undefined, '']) {
    const more = executionContext === undefined ? {} : { executionContext };
    await world.respond(await world.poll(), [], more);
    shown.push((await world.describe(run)).latestExecutionContext);
    await world.signal();
  }
  assert.deepEqual(shown, ['one', 'one', '']);
});

test('an execution that is not there is unknown', async (context) => {
  const world = await openWorld(context);
  const run = await world.start();
  await world.swf.registerDomain({ name: 'other', workflowExecutionRetentionPeriodInDays: '1' });
  const strangers = [
    { workflowId: 'W', runId: 'none' },
    { workflowId: 'V', runId: run.runId },
  ];
  for (const execution of strangers) {
    const message = `Unknown execution: WorkflowExecution=[workflowId=${execution.workflowId}, runId=${execution.runId}]`;
    await refuses(world.describe(execution), 'UnknownResourceFault', message);
    await refuses(world.events(execution), 'UnknownResourceFault', message);
  }
  const elsewhere = world.swf.describeWorkflowExecution({ domain: 'other', execution: run });
  await refuses(elsewhere, 'UnknownResourceFault', /^Unknown execution: /);
});

test('a key may describe executions only where its policies allow it', async (context) => {
  const arn = `arn:aws:swf:*:${account}:/domain/${domain}`;
  const allowed = { Effect: 'Allow', Action: 'swf:Describe*', Resource: arn };
  const denied = { Effect: 'Deny', Action: 'swf:DescribeDomain', Resource: '*' };
  const policies = [{ Version: '2012-10-17', Statement: [allowed, denied] }];
  const keys = [{ id: 'READER', secret: 'r', policies }];
  const world = await openWorld(context, { keys });
  const credentials = { accessKeyId: 'READER', secretAccessKey: 'r' };
  const reader = createClient(world.server, { credentials });
  context.after(() => reader.destroy());
  const execution = await world.start();
  const { executionInfo } = await reader.describeWorkflowExecution({ domain, execution });
  assert.equal(executionInfo?.executionStatus, 'OPEN');
  const who = `User: arn:aws:iam::${account}:user/READER is not authorized to perform`;
  const resource = `arn:aws:swf:us-east-1:${account}:/domain/`;
  const refusals = [
    [reader.describeWorkflowExecution({ domain: 'other', execution }), 'DescribeWorkflowExecution', 'other'],
    [reader.describeDomain({ name: domain }), 'DescribeDomain', domain],
    [
      reader.startWorkflowExecution({ domain, workflowId: 'X', workflowType }),
      'StartWorkflowExecution',
      domain,
    ],
    [reader.listDomains({ registrationStatus: 'REGISTERED' }), 'ListDomains', '*'],
  ] as const;
  for (const [call, action, name] of refusals) {
    await refuses(
      call,
      'OperationNotPermittedFault',
      `${who}: swf:${action} on resource: ${resource}${name}`,
    );
  }
});

test('decisions are allowed one by one', async (context) => {
  const statements = [
    {
      Effect: 'Allow',
      Action: ['swf:PollForDecisionTask', 'swf:RespondDecisionTaskCompleted'],
      Resource: '*',
    },
    { Effect: 'Allow', Action: 'swf:StartTimer', Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'swf:ScheduleActivityTask',
      Resource: '*',
      Condition: { StringEquals: { 'swf:taskList.name': 'packers' } },
    },
  ];
  const keys = [{ id: 'DECIDER', secret: 'd', policies: [{ Version: '2012-10-17', Statement: statements }] }];
  const world = await openWorld(context, { keys });
  const credentials = { accessKeyId: 'DECIDER', secretAccessKey: 'd' };
  const decider = createClient(world.server, { credentials });
  context.after(() => decider.destroy());
  await world.start();
  const { taskToken } = await decider.pollForDecisionTask({ domain, taskList: { name: 'deciders' } });
  const decisions = [
    timer('t', '60'),
    schedule('a', { taskList: { name: 'packers' } }),
    schedule('b', { taskList: { name: 'others' } }),
    complete(),
  ];
  await decider.respondDecisionTaskCompleted({ taskToken, decisions: decisions as never });
  await world.expect({
    W: '1 WES 2 DTS 3 DTSt(s2) 4 DTC(s2,st3) 5 TimerStarted(t,60,d4) 6 ATS(d4) 7 ScheduleActivityTaskFailed(d4,OPERATION_NOT_PERMITTED) 8 CompleteWorkflowExecutionFailed(d4,OPERATION_NOT_PERMITTED) 9 DTS',
  });
});
