import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallFunction } from '../../../../src/functions/call-function.ts';
import { functionFailed } from '../../../../src/functions/function-failed.ts';
import { serveCloudflow } from '../../../sdk/cloudflow/cloudflow-client.ts';
import { createCaller } from '../../../support/caller.ts';
import { settle } from '../../../support/toy-kernel.ts';

const Definition = `Type: StateMachine
SpecVersion: v1
Name: p
StartAt: s
States:
  - {Type: Task, Name: s, End: true, Action: "FC:InvokeFunction", Parameters: {resourceArn: "acs:fc:::functions/f", invocationType: Async, body: {n: 1}}}
`;

test('a call that nobody waits for is shown with its attempts and failures', async (t) => {
  let calls = 0;
  const callFunction: CallFunction = async () => {
    calls += 1;
    throw functionFailed('Handled', { errorType: 'Boom', errorMessage: 'no' }, { by: 'function' });
  };
  const limits = { 'cloudflow.asyncRetries': 1 };
  const { call, clock, server } = await serveCloudflow(t, { callFunction, limits: { ...limits } });
  await call('CreateFlow', { Name: 'p', Definition, Description: '', Type: 'FDL' });
  await call('StartExecution', { FlowName: 'p', ExecutionName: 'one' });
  const caller = createCaller(server);
  const shown = async () => {
    await settle();
    const { body } = await caller.get<{ executions: Record<string, unknown>[] }>(
      'executions?system=cloudflow-invocation',
    );
    return body.executions[0] ?? {};
  };
  while (calls < 1) await settle();
  const pausing = await shown();
  assert.partialDeepStrictEqual(pausing, {
    status: 'running',
    type: 'acs:fc:::functions/f',
    scope: 'p',
    input: '{"n":1}',
    progress: { done: 1, total: null, unit: 'attempts' },
  });
  const [wait] = pausing.waitingFor as { text: string; kind: string }[];
  assert.match(wait?.text ?? '', /^pauses before attempt 2 until .*Z, in 1 s, after Boom$/);
  clock.advance(1000);
  while (calls < 2) await settle();
  const failed = await shown();
  assert.partialDeepStrictEqual(failed, { status: 'failed', error: { type: 'Boom' }, waitingFor: [] });
  const { body } = await caller.get<{ events: { type: string; summary: string }[] }>(
    `executions/${String(failed.id)}/history`,
  );
  assert.deepEqual(
    body.events.map(({ type, summary }) => [type, summary]),
    [
      ['InvocationAccepted', ''],
      ['AttemptFailed', 'error=Boom'],
      ['AttemptBegun', ''],
      ['AttemptFailed', 'error=Boom'],
    ],
  );
});
