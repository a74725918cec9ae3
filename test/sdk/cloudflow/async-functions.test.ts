import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CallFunction } from '../../../src/functions/call-function.ts';
import { functionFailed } from '../../../src/functions/function-failed.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { settle } from '../../support/toy-kernel.ts';
import { type Answer, type CloudflowServer, serveCloudflow } from './cloudflow-client.ts';

const flow = (task: string): Record<string, string> => ({
  Name: 'p',
  Description: '',
  Type: 'FDL',
  Definition: `Type: StateMachine
SpecVersion: v1
Name: p
StartAt: s
States:
  - {Type: Task, Name: s, End: true, Action: "FC:InvokeFunction", ${task}}
`,
});

const ASYNC =
  'Parameters: {resourceArn: "acs:fc:::functions/slow", invocationType: Async, body: {n.$: $Input.n}}';

async function run({ call }: CloudflowServer, task: string): Promise<void> {
  assert.equal((await call('CreateFlow', flow(task))).Code, undefined);
  await call('StartExecution', { FlowName: 'p', ExecutionName: 'one', Input: '{"n":1}' });
}

async function describe({ call }: CloudflowServer): Promise<Answer> {
  await settle();
  return call('DescribeExecution', { FlowName: 'p', ExecutionName: 'one' });
}

async function ended(served: CloudflowServer): Promise<Answer> {
  for (let turn = 0; turn < 500; turn++) {
    const found = await describe(served);
    if (found.Status !== 'Running') return found;
  }
  throw new Error('it has not ended');
}

async function lastEvent({ call }: CloudflowServer): Promise<Answer> {
  const { Events } = await call('GetExecutionHistory', { FlowName: 'p', ExecutionName: 'one' });
  return { ...Events.at(-1), ...JSON.parse(Events.at(-1).EventDetail) };
}

/** A function that is held until the test lets it go; fails as often as it is told. */
function heldFunction() {
  const gate = Promise.withResolvers<void>();
  const calls: [event: string, key: string][] = [];
  let failures = 0;
  const callFunction: CallFunction = async (_name, event, { context }) => {
    calls.push([event, context.idempotencyKey]);
    await gate.promise;
    if (calls.length <= failures)
      throw functionFailed('Unhandled', { errorType: 'Boom', errorMessage: 'boom' }, { by: 'function' });
    return '{"done":true}';
  };
  const letGo = (failing = 0): void => {
    failures = failing;
    gate.resolve();
  };
  return { callFunction, calls, letGo };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !isSo(); turn++) await settle();
  assert.ok(isSo());
}

test('a function called asynchronously is not waited for', async (t) => {
  const { callFunction, calls } = heldFunction();
  const served = await serveCloudflow(t, { callFunction });
  await run(served, ASYNC);
  const { Status, Output } = await ended(served);
  assert.deepEqual([Status, JSON.parse(Output)], ['Succeeded', { Code: 202, Header: {}, Body: '' }]);
  await until(() => calls.length === 1);
  assert.equal(calls[0]?.[0], '{"n":1}');
});

test('it is retried after the execution has ended', async (t) => {
  const { callFunction, calls, letGo } = heldFunction();
  const served = await serveCloudflow(t, { callFunction });
  await run(served, ASYNC);
  letGo(2);
  assert.equal((await ended(served)).Status, 'Succeeded');
  for (const count of [1, 2, 3]) {
    await until(() => calls.length === count);
    served.clock.advance(5000);
  }
  await settle();
  assert.equal(calls.length, 3);
  assert.equal(new Set(calls.map(([, key]) => key)).size, 3);
});

for (const [title, end] of [
  ['a flow that is stopped', 'StopExecution'],
  ['a flow that is deleted', 'DeleteFlow'],
] as const)
  test(`${title} takes back no call that was accepted`, async (t) => {
    const { callFunction, calls, letGo } = heldFunction();
    const served = await serveCloudflow(t, { callFunction });
    await run(served, `TaskMode: WaitForCustomCallback, ${ASYNC}`);
    await until(() => calls.length === 1);
    await served.call(end, { Name: 'p', FlowName: 'p', ExecutionName: 'one' });
    letGo(1);
    await settle();
    served.clock.advance(5000);
    await until(() => calls.length === 2);
  });

test('who waits for a callback is not failed by the function', async (t) => {
  const { callFunction, letGo } = heldFunction();
  const served = await serveCloudflow(t, { callFunction });
  await run(served, `TaskMode: WaitForCustomCallback, ${ASYNC}`);
  letGo(1);
  await settle();
  assert.equal((await describe(served)).Status, 'Running');
  assert.equal((await lastEvent(served)).Type, 'TaskSubmitted');
});

test('who waits for its end gets its result', async (t) => {
  const { callFunction, letGo } = heldFunction();
  const served = await serveCloudflow(t, { callFunction });
  await run(served, `TaskMode: WaitForSystemCallback, ${ASYNC}`);
  assert.equal((await describe(served)).Status, 'Running');
  letGo();
  assert.deepEqual(JSON.parse((await ended(served)).Output).Body, { done: true });
});

test('a function that does not exist is not accepted', async (t) => {
  const served = await serveCloudflow(t);
  await run(served, ASYNC);
  assert.equal((await ended(served)).Status, 'Failed');
  assert.equal((await lastEvent(served)).error, 'FC.FunctionNotFound');
});

test('a call that was accepted is made again after a restart', async (t: TestContext) => {
  const { path: dataDirectory } = await makeTemporaryDirectory(t);
  const before = heldFunction();
  const first = await serveCloudflow(t, { callFunction: before.callFunction, dataDirectory });
  await run(first, ASYNC);
  assert.equal((await ended(first)).Status, 'Succeeded');
  await until(() => before.calls.length === 1);
  await first.server.stop();
  const after = heldFunction();
  await serveCloudflow(t, { callFunction: after.callFunction, dataDirectory });
  await until(() => after.calls.length === 1);
  // The same attempt: a function that knows its key has it done once.
  assert.deepEqual(after.calls, before.calls);
});
