import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCloudflow } from '../../../../src/apis/cloudflow/index.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { CALLBACK, flow, openWorld, waitFor } from '../operations/cloudflow-world.ts';

async function recordOf(test: Parameters<typeof openWorld>[0], definition: string) {
  const { call, cloudflow } = await openWorld(test);
  await call('CreateFlow', flow('f', definition));
  await call('StartExecution', { FlowName: 'f', ExecutionName: 'e', Input: '{"a":1}' });
  await settle();
  const { executions } = createCloudflow(cloudflow);
  const [{ scope } = { scope: '' }] = await cloudflow.kernel.scopes();
  const describe = () => {
    const found = cloudflow.kernel.findOpen({ api: 'cloudflow', scope, name: 'e' });
    return executions.describe(found);
  };
  return { call, cloudflow, executions, scope, describe };
}

test('an execution that waits for time says until when', async (t) => {
  const { describe } = await recordOf(t, waitFor(90));
  const { waitingFor, input, open, progress, parent } = await describe();
  assert.deepEqual(waitingFor, [
    {
      text: 'step pause: waits until 2023-11-14T22:14:50.000Z, in 1 min 30 s',
      kind: 'timer',
      name: 'pause',
      since: null,
      due: '2023-11-14T22:14:50.000Z',
    },
  ]);
  assert.deepEqual([input, parent], ['{"a":1}', null]);
  assert.deepEqual(open, { decisions: 0, activities: 0, timers: 1, children: 0 });
  assert.deepEqual(progress, { done: 0, total: null, unit: 'steps' });
});

test('an execution that waits for a callback says whose', async (t) => {
  const { describe } = await recordOf(t, CALLBACK);
  const [wait] = (await describe()).waitingFor;
  const target = 'acs:fc:::services/s/functions/f';
  assert.deepEqual(wait, {
    text: `step ask: waits for the callback of ${target}`,
    kind: 'message',
    name: target,
    since: null,
    due: null,
  });
});

test('one whose flow is deleted says that nothing follows', async (t) => {
  const { call, describe } = await recordOf(t, CALLBACK);
  await call('DeleteFlow', { Name: 'f' });
  const [wait] = (await describe()).waitingFor;
  assert.match(wait?.text ?? '', /functions\/f; then the execution ends: The flow has been deleted\.$/);
});

test('one that has ended says with what, and its events stand by themselves', async (t) => {
  const { call, cloudflow, executions, scope } = await recordOf(t, CALLBACK);
  await call('StopExecution', { FlowName: 'f', ExecutionName: 'e', Error: 'X', Cause: 'c' });
  const [closed] = await cloudflow.kernel.listClosed({
    api: 'cloudflow',
    scope,
    now: cloudflow.clock.now(),
    timeOf: 'started',
    order: 'newest',
    limit: 1,
  });
  assert.ok(closed);
  const found = await cloudflow.kernel.find(closed.id);
  const { error, waitingFor } = await executions.describe(found);
  assert.deepEqual([error, waitingFor], [{ type: 'X', message: 'c' }, []]);
  const texts = await cloudflow.kernel.history(closed.id, 1, found.eventCount);
  const events = texts.map((text, index) => executions.readEvent(text, index + 1));
  assert.deepEqual(
    events.map(({ id }) => id),
    texts.map((_, index) => index + 1),
  );
  assert.deepEqual(events.at(-1)?.summary, 'error=X cause=c');
  assert.match(events[1]?.summary ?? '', /^step=ask input=/);
  const { account, region, name, resource } = executions.worldOf(scope);
  assert.deepEqual([account, region, name], ['123456789012', 'cn-hangzhou', 'f']);
  assert.equal(resource, 'acs:fnf:cn-hangzhou:123456789012:flow/f');
});
