import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete } from '../../apis/swf/machine/decisions.ts';
import { account } from '../../support/start-server.ts';
import { domain, everything, openWorld, workflowType } from './sdk-world.ts';
import { createClient, refuses } from './swf-client.ts';

const bare = { workflowType: { name: 'Bare', version: '1' } };
const all = {
  taskList: { name: 'l' },
  executionStartToCloseTimeout: '60',
  taskStartToCloseTimeout: 'NONE',
  childPolicy: 'ABANDON',
} as const;
type Setting = keyof typeof all;
const without = (...settings: Setting[]) => ({
  ...bare,
  ...Object.fromEntries(Object.entries(all).filter(([name]) => !settings.includes(name as Setting))),
});

const refusals = [
  [
    'an unknown type',
    { workflowType: { name: 'Order', version: '2' } },
    'UnknownResourceFault',
    'Unknown type: WorkflowType=[name=Order, version=2]',
  ],
  [
    'a deprecated type',
    { workflowType: { name: 'Old', version: '1' } },
    'TypeDeprecatedFault',
    'WorkflowType=[name=Old, version=1]',
  ],
  ['nothing set', bare, 'DefaultUndefinedFault', 'defaultTaskList'],
  ['no task list', without('taskList'), 'DefaultUndefinedFault', 'defaultTaskList'],
  [
    'no execution timeout',
    without('executionStartToCloseTimeout'),
    'DefaultUndefinedFault',
    'defaultExecutionStartToCloseTimeout',
  ],
  [
    'no task timeout',
    without('taskStartToCloseTimeout'),
    'DefaultUndefinedFault',
    'defaultTaskStartToCloseTimeout',
  ],
  ['no child policy', without('childPolicy'), 'DefaultUndefinedFault', 'defaultChildPolicy'],
] as const;

for (const [what, more, fault, message] of refusals) {
  test(`a start is refused: ${what}`, async (context) => {
    const world = await openWorld(context);
    await refuses(world.start(more), fault, message);
  });
}

test('what the request says goes before what the type says', async (context) => {
  const world = await openWorld(context);
  const given = { ...all, taskPriority: '-7', lambdaRole: `arn:aws:iam::${account}:role/r` };
  const run = await world.start({ ...given, input: 'i', tagList: ['a', ''] });
  assert.deepEqual(await world.attributes(run, 1), {
    ...given,
    input: 'i',
    tagList: ['a', ''],
    workflowType,
    parentInitiatedEventId: 0,
  });
  assert.deepEqual(await world.attributes(run, 2), {
    taskList: all.taskList,
    taskPriority: '-7',
    startToCloseTimeout: 'NONE',
    scheduleToStartTimeout: 'NONE',
  });
});

test('a workflow id is open once, and free again after the close', async (context) => {
  const world = await openWorld(context);
  const first = await world.start();
  await refuses(world.start(), 'WorkflowExecutionAlreadyStartedFault', 'Already Started');
  await world.decide(complete());
  const second = await world.start();
  assert.notEqual(first.runId, second.runId);
  assert.ok(first.runId.length <= 64);
  const closed = `Unknown execution: WorkflowExecution=[workflowId=W, runId=${first.runId}]`;
  const { swf } = world;
  const target = { domain, ...first };
  await refuses(swf.signalWorkflowExecution({ ...target, signalName: 's' }), 'UnknownResourceFault', closed);
  await refuses(swf.requestCancelWorkflowExecution(target), 'UnknownResourceFault', closed);
  await refuses(swf.terminateWorkflowExecution(target), 'UnknownResourceFault', closed);
  await swf.signalWorkflowExecution({ domain, ...second, signalName: 'exact', input: 'i' });
  await swf.signalWorkflowExecution({ domain, workflowId: 'W', runId: '', signalName: 'current' });
  assert.equal(await world.history(second), '1 WES 2 DTS 3 Signaled(exact,ext0) 4 Signaled(current,ext0)');
});

test('what nobody has started cannot be reached', async (context) => {
  const { swf } = await openWorld(context);
  const target = { domain, workflowId: 'W' };
  const unknown = ['UnknownResourceFault', 'Unknown execution, workflowId = W'] as const;
  await refuses(swf.signalWorkflowExecution({ ...target, signalName: 's' }), ...unknown);
  await refuses(swf.requestCancelWorkflowExecution(target), ...unknown);
  await refuses(swf.terminateWorkflowExecution(target), ...unknown);
});

test('cancel requests repeat, and the execution stays open', async (context) => {
  const world = await openWorld(context);
  const run = await world.start();
  await world.swf.requestCancelWorkflowExecution({ domain, workflowId: 'W' });
  await world.swf.requestCancelWorkflowExecution({ domain, ...run });
  await world.expect({ W: '1 WES 2 DTS 3 CancelRequested(ext0) 4 CancelRequested(ext0)' });
  assert.equal((await world.describe(run)).executionInfo?.cancelRequested, true);
});

test('terminate names the policy that it applies', async (context) => {
  const world = await openWorld(context);
  const run = await world.start();
  await world.swf.terminateWorkflowExecution({ domain, workflowId: 'W', childPolicy: 'ABANDON' });
  assert.deepEqual(await world.attributes(run, 3), { childPolicy: 'ABANDON', cause: 'OPERATOR_INITIATED' });
  assert.equal((await world.describe(run)).executionInfo?.closeStatus, 'TERMINATED');
});

test('open executions of a domain are limited', async (context) => {
  const world = await openWorld(context, { limits: { 'swf.openExecutions': 1 } });
  await world.start();
  await refuses(world.start({}, 'X'), 'LimitExceededFault', /1 open/);
  await world.swf.terminateWorkflowExecution({ domain, workflowId: 'W' });
  await world.start({}, 'X');
});

test('a history that has reached its limit is ended', async (context) => {
  const world = await openWorld(context, { limits: { 'swf.historyEvents': 4 } });
  await world.start();
  await world.signal();
  await world.signal();
  await world.expect({
    W: '1 WES 2 DTS 3 Signaled(go,ext0) 4 Signaled(go,ext0) 5 WorkflowExecutionTerminated(EVENT_LIMIT_EXCEEDED)',
  });
});

test('regions and accounts are worlds apart', async (context) => {
  const keys = [{ id: 'STRANGER', secret: 's', account: '999999999999' }];
  const world = await openWorld(context, { keys });
  const credentials = { accessKeyId: 'STRANGER', secretAccessKey: 's' };
  const elsewhere = {
    'another region': createClient(world.server, { region: 'eu-west-1' }),
    'another account': createClient(world.server, { credentials }),
  };
  const run = await world.start();
  const task = await world.poll();
  for (const [where, swf] of Object.entries(elsewhere)) {
    context.after(() => swf.destroy());
    const listed = await swf.listDomains({ registrationStatus: 'REGISTERED' });
    assert.deepEqual(listed.domainInfos, [], where);
    await swf.registerDomain({ name: domain, workflowExecutionRetentionPeriodInDays: '1' });
    const startTimeFilter = everything;
    assert.equal((await swf.countOpenWorkflowExecutions({ domain, startTimeFilter })).count, 0);
    const { domainInfo } = await swf.describeDomain({ name: domain });
    const expected = where === 'another region' ? `eu-west-1:${account}` : 'us-east-1:999999999999';
    assert.equal(domainInfo?.arn, `arn:aws:swf:${expected}:/domain/${domain}`);
    const foreign = swf.describeWorkflowExecution({ domain, execution: run });
    await refuses(foreign, 'UnknownResourceFault', /^Unknown execution: /);
    const answer = swf.respondDecisionTaskCompleted({ taskToken: task.taskToken });
    await refuses(answer, 'UnknownResourceFault', /^Unknown execution: /);
  }
  await world.respond(task, []);
});

test('closed executions are forgotten after the time of their domain', async (context) => {
  const world = await openWorld(context);
  const { swf } = world;
  const run = await world.start();
  await world.decide(complete());
  const listed = async () =>
    (await swf.listClosedWorkflowExecutions({ domain, startTimeFilter: everything })).executionInfos?.length;
  const counted = async () =>
    (await swf.countClosedWorkflowExecutions({ domain, closeTimeFilter: everything })).count;
  await world.advance(2 * 86_400_000 - 1);
  assert.deepEqual([await listed(), await counted()], [1, 1]);
  assert.equal((await world.events(run)).length, 5);
  await world.advance(1);
  for (let round = 0; round < 2; round++) {
    assert.deepEqual([await listed(), await counted()], [0, 0]);
    const unknown = `Unknown execution: WorkflowExecution=[workflowId=W, runId=${run.runId}]`;
    await refuses(world.describe(run), 'UnknownResourceFault', unknown);
    await refuses(world.events(run), 'UnknownResourceFault', unknown);
    await world.advance(10_000);
  }
});

for (const days of ['0', 'NONE']) {
  test(`with a retention of ${days} executions are forgotten when they close`, async (context) => {
    const world = await openWorld(context);
    const { swf } = world;
    await swf.registerDomain({ name: 'brief', workflowExecutionRetentionPeriodInDays: days });
    await swf.registerWorkflowType({ domain: 'brief', ...workflowType });
    const { runId = '' } = await swf.startWorkflowExecution({
      domain: 'brief',
      workflowId: 'W',
      workflowType,
      ...all,
    });
    const execution = { workflowId: 'W', runId };
    const taskList = all.taskList;
    const { taskToken } = await swf.pollForDecisionTask({ domain: 'brief', taskList });
    await swf.respondDecisionTaskCompleted({ taskToken, decisions: [complete()] as never });
    const gone = swf.describeWorkflowExecution({ domain: 'brief', execution });
    await refuses(gone, 'UnknownResourceFault', /^Unknown execution: /);
    await refuses(
      swf.respondDecisionTaskCompleted({ taskToken }),
      'UnknownResourceFault',
      /^Unknown execution: /,
    );
  });
}
