import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  PollForActivityTaskCommand,
  RespondActivityTaskCompletedCommand,
  RespondActivityTaskFailedCommand,
} from '@aws-sdk/client-swf';
import type { FunctionConfig } from '../../../src/functions/function-config.ts';
import { outcomeOf, registerCalls } from '../../support/lambda-runs.ts';
import { startServer } from '../../support/start-server.ts';
import { createClient } from './swf-client.ts';

const PACK: FunctionConfig = {
  kind: 'activity',
  activity: {
    domain: 'functions',
    taskList: 'packers',
    type: undefined,
    version: '1',
    account: undefined,
    region: undefined,
    scheduleToStartTimeout: undefined,
    startToCloseTimeout: undefined,
    scheduleToCloseTimeout: undefined,
    heartbeatTimeout: undefined,
  },
};

test('any client of SWF can be the function: it polls, and its answer is the result', async (t) => {
  const server = await startServer({ functions: { pack: PACK } });
  t.after(server.stop);
  const client = createClient(server);
  t.after(() => client.destroy());
  await registerCalls(client);
  const poll = () =>
    client.send(new PollForActivityTaskCommand({ domain: 'functions', taskList: { name: 'packers' } }));
  const packed = outcomeOf(client, { name: 'pack', input: '{"item":"teapot"}' });
  const { taskToken, activityType, input } = await poll();
  assert.deepEqual([activityType, input], [{ name: 'pack', version: '1' }, '{"item":"teapot"}']);
  await client.send(new RespondActivityTaskCompletedCommand({ taskToken, result: '{"boxes":1}' }));
  const completed = (await packed)?.lambdaFunctionCompletedEventAttributes;
  assert.equal(completed?.result, '{"boxes":1}');

  const failing = outcomeOf(client, { name: 'pack' });
  const { taskToken: second } = await poll();
  await client.send(
    new RespondActivityTaskFailedCommand({ taskToken: second, reason: 'NoBox', details: 'sold out' }),
  );
  const failed = (await failing)?.lambdaFunctionFailedEventAttributes;
  assert.equal(failed?.reason, 'Handled');
  assert.deepEqual(JSON.parse(failed?.details ?? ''), { errorType: 'NoBox', errorMessage: 'sold out' });
});
