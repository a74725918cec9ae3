import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { WorkflowStep } from '../../../src/apis/transfer/model/types.gen.ts';
import { answeredCalls, answerTo, writeAnsweringFunction } from '../../support/answering.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { answerStep, functionCalls } from '../../support/function-calls.ts';
import { keys } from '../../support/objects.ts';
import {
  type Attachment,
  brief,
  outcomeOf,
  SftpWorld,
  type SftpWorldOptions,
} from '../../support/sftp-world.ts';
import { credentials, region } from '../../support/start-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';
import { copy, custom, tag } from '../../support/workflow-steps.ts';
import { refuses } from './transfer-client.ts';

const CUSTOM = { StepType: 'CUSTOM', Outputs: '{}' };
const HELLO_MD5 = '5d41402abc4b2a76b9719d911017c592';

/** An upload whose workflow's first step is called and waits. */
async function waiting(
  t: TestContext,
  steps: readonly WorkflowStep[],
  { handlers = [], ...options }: SftpWorldOptions & Attachment = {},
) {
  const calls = functionCalls();
  const world = await SftpWorld.open(t, { callFunction: calls.callFunction, ...options });
  await world.createUser();
  const id = await world.use(steps, { handlers });
  const session = await world.login();
  await session.put('a.txt', 'hello');
  const event = await calls.event(0);
  const { executionId } = event.serviceMetadata.executionDetails;
  const now = async () => outcomeOf(await world.describe(id, executionId));
  return { world, calls, id, session, event, executionId, now };
}

test('9: a function that answers SUCCESS', async (t) => {
  const { world, id, event, executionId, now } = await waiting(t, [custom()]);
  assert.deepEqual(await now(), { Status: 'IN_PROGRESS' });
  const { Executions: running } = await world.client.listExecutions({ WorkflowId: id });
  assert.deepEqual(
    running?.map((one) => [one.ExecutionId, one.Status]),
    [[executionId, 'IN_PROGRESS']],
  );
  const details = await world.describe(id, executionId);
  const sessionId = details.ServiceMetadata?.UserDetails?.SessionId;
  assert.match(event.token, /^\w{1,64}$/);
  assert.deepEqual(event, {
    token: event.token,
    serviceMetadata: {
      executionDetails: { workflowId: id, executionId },
      transferDetails: { sessionId, userName: 'alice', serverId: world.sftp.id },
    },
    fileLocation: { domain: 'S3', bucket: 'in', key: 'a.txt', eTag: HELLO_MD5, versionId: null },
  });
  assert.equal(await answerStep(world.client, event, 'SUCCESS'), 200);
  assert.deepEqual(await world.outcome(id), { Status: 'COMPLETED', Steps: [CUSTOM] });
  const { Executions: left } = await world.client.listExecutions({ WorkflowId: id });
  assert.deepEqual(left, []);
});

test('10: a function that answers FAILURE, and handlers', async (t) => {
  const steps = [custom(), copy('x/')];
  const handlers = [tag({ a: '1' }), custom()];
  const { world, calls, id, event, now } = await waiting(t, steps, { handlers });
  await answerStep(world.client, event, 'FAILURE');
  const slow = await calls.event(1);
  const during = await now();
  assert.equal(during.Status, 'HANDLING_EXCEPTION');
  assert.deepEqual(brief(during.Steps), ['CUSTOM CUSTOM_STEP_FAILED']);
  assert.deepEqual(brief(during.OnExceptionSteps), ['TAG']);
  await answerStep(world.client, slow, 'SUCCESS');
  const { Status, Steps, OnExceptionSteps } = await world.outcome(id);
  assert.equal(Status, 'EXCEPTION');
  assert.deepEqual(brief(Steps), ['CUSTOM CUSTOM_STEP_FAILED']);
  assert.deepEqual(brief(OnExceptionSteps), ['TAG', 'CUSTOM']);
  assert.deepEqual(await world.bucket('in').getTags({ key: 'a.txt' }), [{ Key: 'a', Value: '1' }]);
  assert.deepEqual(await keys(world.bucket('out')), []);
});

test('11: a function that does not answer in time', async (t) => {
  const clock = createFixedClock();
  const { world, id, event, now } = await waiting(t, [custom(2)], { clock });
  clock.advance(1999);
  assert.equal((await now()).Status, 'IN_PROGRESS', 'never early');
  clock.advance(1);
  const before = await world.outcome(id);
  assert.equal(before.Status, 'EXCEPTION');
  assert.deepEqual(brief(before.Steps), ['CUSTOM TIMEOUT']);
  await refuses(answerStep(world.client, event, 'SUCCESS'), 'ResourceNotFoundException');
  assert.deepEqual(await now(), before);
});

test('12: a wrong token', async (t) => {
  const { world, id, event, now } = await waiting(t, [custom()]);
  for (const token of ['x', `${event.token.slice(0, -1)}_`, 'A'.repeat(64), 'not a token', '']) {
    await refuses(answerStep(world.client, event, 'SUCCESS', token), 'InvalidRequestException');
  }
  assert.deepEqual(await now(), { Status: 'IN_PROGRESS' });
  await answerStep(world.client, event, 'SUCCESS');
  assert.deepEqual(await world.outcome(id), { Status: 'COMPLETED', Steps: [CUSTOM] });
});

test('13: the same answer twice advances one step', async (t) => {
  const { world, calls, event, now } = await waiting(t, [custom(), custom()]);
  assert.equal(await answerStep(world.client, event, 'SUCCESS'), 200);
  const second = await calls.event(1);
  assert.equal(await answerStep(world.client, event, 'SUCCESS'), 200);
  assert.deepEqual(await now(), { Status: 'IN_PROGRESS', Steps: [CUSTOM] });
  assert.notEqual(second.token, event.token);
  await refuses(answerStep(world.client, event, 'FAILURE'), 'InvalidRequestException');
  assert.equal(calls.events.length, 2);
});

test('14: a function that writes over the file', async (t) => {
  const { world, id, event, session } = await waiting(t, [
    custom(),
    copy('x/', undefined, { source: 'original' }),
  ]);
  await world.client.updateServer({ ServerId: world.sftp.id, WorkflowDetails: { OnUpload: [] } });
  await session.put('a.txt', 'changed');
  await answerStep(world.client, event, 'SUCCESS');
  const { Status, Steps } = await world.outcome(id);
  assert.equal(Status, 'EXCEPTION');
  assert.deepEqual(Steps?.[0], CUSTOM);
  assert.equal(Steps?.[1]?.Error?.Type, 'NOT_FOUND');
  assert.match(Steps?.[1]?.Error?.Message ?? '', /^ETag constraint not met/);
  assert.deepEqual(await keys(world.bucket('out')), []);
});

test('14: a program that writes over the file, past the server', async (t) => {
  const { world, id, event } = await waiting(t, [custom(), copy('x/')]);
  writeFileSync(join(world.data, 'buckets/in/a.txt'), 'HELLO');
  await answerStep(world.client, event, 'SUCCESS');
  const { Status, Steps } = await world.outcome(id);
  assert.equal(Status, 'EXCEPTION');
  assert.match(Steps?.[1]?.Error?.Message ?? '', /^ETag constraint not met/);
});

test('22: an execution of another workflow is not found, whatever its state', async (t) => {
  const { world, id, event, executionId } = await waiting(t, [custom()]);
  const { WorkflowId: other = '' } = await world.client.createWorkflow({
    Steps: [{ Type: 'DELETE', DeleteStepDetails: {} }],
  });
  const refused = () =>
    refuses(world.describe(other, executionId), 'ResourceNotFoundException', {
      resource: ['Execution', executionId],
    });
  await refused();
  await answerStep(world.client, event, 'SUCCESS');
  await world.outcome(id);
  await refused();
  await refuses(world.describe('w-00000000000000000', executionId), 'ResourceNotFoundException');
  await refuses(world.describe(id, randomUUID()), 'ResourceNotFoundException');
});

test('23: where ended executions are hidden', async (t) => {
  const settings = { endedExecutions: 'hidden' } as const;
  const { world, id, event, executionId, now } = await waiting(t, [custom()], { settings });
  assert.deepEqual(await now(), { Status: 'IN_PROGRESS' });
  await answerStep(world.client, event, 'SUCCESS');
  await world.logged('ExecutionCompleted', `alice.${id}`);
  await refuses(world.describe(id, executionId), 'ResourceNotFoundException');
  const { Executions: left } = await world.client.listExecutions({ WorkflowId: id });
  assert.deepEqual(left, []);
});

test('a function of the configuration answers by the vendor’s client, while it is still being called', async (t) => {
  const { path } = await makeTemporaryDirectory(t);
  const functions = { check: { kind: 'module', module: writeAnsweringFunction(path) } } as const;
  const world = await SftpWorld.open(t, { functions });
  await world.createUser();
  answerTo(path, process.pid, { endpoint: world.server.endpoint, region, credentials });
  const id = await world.use([custom(), copy('x/')]);
  const session = await world.login();
  await session.put('a.txt', 'hello');
  assert.deepEqual(await world.outcome(id), {
    Status: 'COMPLETED',
    Steps: [CUSTOM, { StepType: 'COPY', Outputs: '{}' }],
  });
  const [event, ...others] = answeredCalls(path);
  assert.deepEqual(others, []);
  assert.equal(event?.serviceMetadata.executionDetails.workflowId, id);
});
