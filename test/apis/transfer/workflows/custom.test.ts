import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WorkflowStep } from '../../../../src/apis/transfer/model/types.gen.ts';
import {
  type ErrorDetails,
  FunctionFailed,
  functionFailed,
} from '../../../../src/functions/function-failed.ts';
import { type FunctionCall, ROLE, SERVER, TestWorkflows } from '../../../support/open-workflows.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, custom, FUNCTION, remove, tag } from '../../../support/workflow-steps.ts';
import { brief } from './steps.ts';

interface Waiting {
  readonly workflows: TestWorkflows;
  readonly id: string;
  readonly execution: string;
  /** Of the first custom step. */
  readonly call: FunctionCall;
}

/** An upload whose workflow waits for its first function. */
async function waiting(steps: readonly WorkflowStep[], handlers?: readonly WorkflowStep[]): Promise<Waiting> {
  const workflows = await TestWorkflows.open();
  const id = await workflows.use(steps, handlers);
  const execution = await workflows.upload('a.txt');
  await settle();
  return { workflows, id, execution: execution as string, call: callOf(workflows, 0) };
}

function callOf(workflows: TestWorkflows, index: number): FunctionCall {
  const call = workflows.calls[index];
  assert.ok(call, `function call ${index} was made`);
  return call;
}

describe('scenarios of the reference with functions', () => {
  test('9: SUCCESS, and the exact event', async () => {
    const { workflows, id, execution, call } = await waiting([custom()]);
    assert.equal(call.name, FUNCTION);
    const { token } = call.event;
    assert.match(token, /^\w{48}$/);
    assert.match(Buffer.from(token, 'base64').toString(), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(
      JSON.stringify(call.event),
      JSON.stringify({
        token,
        serviceMetadata: {
          executionDetails: { workflowId: id, executionId: execution },
          transferDetails: { sessionId: '0123456789abcdef', userName: 'alice', serverId: SERVER },
        },
        fileLocation: {
          domain: 'S3',
          bucket: 'in',
          key: 'a.txt',
          eTag: '5d41402abc4b2a76b9719d911017c592',
          versionId: null,
        },
      }),
    );
    call.end();
    assert.deepEqual(await workflows.outcome(id, execution), { Status: 'IN_PROGRESS' });
    assert.deepEqual(await workflows.answer(call, 'SUCCESS'), {});
    assert.deepEqual(await workflows.outcome(id, execution), {
      Status: 'COMPLETED',
      Steps: [{ StepType: 'CUSTOM', Outputs: '{}' }],
    });
  });

  test('10: FAILURE, with a handler that is slow', async () => {
    const { workflows, id, execution, call } = await waiting([custom()], [tag({ a: '1' }), custom()]);
    await workflows.answer(call, 'FAILURE');
    const during = await workflows.outcome(id, execution);
    assert.equal(during.Status, 'HANDLING_EXCEPTION');
    assert.deepEqual(brief(during.Steps), ['CUSTOM CUSTOM_STEP_FAILED']);
    assert.deepEqual(brief(during.OnExceptionSteps), ['TAG']);
    await workflows.answer(callOf(workflows, 1), 'SUCCESS');
    const after = await workflows.outcome(id, execution);
    assert.equal(after.Status, 'EXCEPTION');
    assert.deepEqual(brief(after.OnExceptionSteps), ['TAG', 'CUSTOM']);
  });

  test('11: no answer in time', async () => {
    const { workflows, id, execution, call } = await waiting([custom(2)]);
    await workflows.pass(1);
    assert.equal((await workflows.outcome(id, execution)).Status, 'IN_PROGRESS');
    await workflows.pass(1);
    const { Status, Steps } = await workflows.outcome(id, execution);
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['CUSTOM TIMEOUT']);
    await assert.rejects(workflows.answer(call, 'SUCCESS'), { reason: 'ResourceNotFoundException' });
    assert.equal((await workflows.outcome(id, execution)).Status, 'EXCEPTION');
  });

  test('12: a wrong token', async () => {
    const { workflows, id, execution, call } = await waiting([custom()]);
    for (const token of ['x', 'x'.repeat(48), `${call.event.token.slice(0, -1)}_`]) {
      await assert.rejects(workflows.answer(call, 'SUCCESS', token), { reason: 'InvalidRequestException' });
    }
    assert.equal((await workflows.outcome(id, execution)).Status, 'IN_PROGRESS');
    await workflows.answer(call, 'SUCCESS');
    assert.equal((await workflows.outcome(id, execution)).Status, 'COMPLETED');
  });

  test('13: the same answer twice advances one step', async () => {
    const { workflows, id, execution, call } = await waiting([custom(), custom()]);
    await workflows.answer(call, 'SUCCESS');
    await settle();
    await workflows.answer(call, 'SUCCESS');
    await assert.rejects(workflows.answer(call, 'FAILURE'), { reason: 'InvalidRequestException' });
    const { Status, Steps } = await workflows.outcome(id, execution);
    assert.equal(Status, 'IN_PROGRESS');
    assert.deepEqual(brief(Steps), ['CUSTOM']);
    assert.notEqual(callOf(workflows, 1).event.token, call.event.token);
  });

  test('14: a function that writes over the file', async () => {
    const { workflows, id, execution, call } = await waiting([custom(), copy('x/')]);
    workflows.bucket('in').put('a.txt', 'changed');
    await workflows.answer(call, 'SUCCESS');
    const { Status, Steps } = await workflows.outcome(id, execution);
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['CUSTOM', 'COPY NOT_FOUND']);
    assert.match(Steps?.[1]?.Error?.Message ?? '', /^ETag constraint not met/);
  });
});

describe('answers', () => {
  test('are taken while the function still runs, which goes on', async () => {
    const { workflows, id, execution, call } = await waiting([custom(), copy('x/')]);
    await workflows.answer(call, 'SUCCESS');
    assert.equal((await workflows.outcome(id, execution)).Status, 'COMPLETED');
    assert.equal(call.options.signal.aborted, false);
    await workflows.pass(1800);
    assert.equal(call.options.signal.aborted, true, 'no function runs for ever');
  });

  test('are refused with values that the model does not know', async () => {
    const { workflows, call } = await waiting([custom()]);
    for (const token of ['', 'a-b', 'x'.repeat(65)]) {
      await assert.rejects(workflows.answer(call, 'SUCCESS', token), { name: 'WireError' });
    }
    await assert.rejects(workflows.answer(call, 'MAYBE' as 'SUCCESS'), { name: 'WireError' });
  });

  test('are for one execution of one workflow', async () => {
    const { workflows, id, execution, call } = await waiting([custom()]);
    const other = await workflows.create([remove()]);
    const input = { WorkflowId: id, ExecutionId: execution, Token: call.event.token, Status: 'SUCCESS' };
    const unknown = { reason: 'ResourceNotFoundException' };
    const strangers = [
      { ...input, WorkflowId: other },
      { ...input, WorkflowId: 'w-00000000000000000' },
      { ...input, ExecutionId: '00000000-0000-4000-8000-000000000000' },
    ];
    for (const stranger of strangers) {
      await assert.rejects(workflows.request('SendWorkflowStepState', stranger), unknown);
    }
    const elsewhere = { account: '111111111111', region: 'us-east-1' };
    await assert.rejects(workflows.request('SendWorkflowStepState', input, elsewhere), unknown);
    const second = (await workflows.upload('b.txt')) as string;
    await settle();
    await assert.rejects(workflows.request('SendWorkflowStepState', { ...input, ExecutionId: second }), {
      reason: 'InvalidRequestException',
    });
    assert.equal((await workflows.outcome(id, execution)).Status, 'IN_PROGRESS');
  });
});

describe('a function that', () => {
  const ending = async (error: unknown) => {
    const started = await waiting([custom()]);
    started.call.end(error);
    await settle();
    return started;
  };
  const byService = (status: number) =>
    functionFailed(
      'ServiceException',
      { errorType: 'E', errorMessage: 'refused' },
      { by: 'service', status },
    );
  const byRunner = (details: ErrorDetails) => functionFailed('Unhandled', details);

  for (const [what, error, type] of [
    ['is not known', byService(404), 'NOT_FOUND'],
    ['may not be called', byService(403), 'PERMISSION_DENIED'],
    ['does not like its event', byService(400), 'INTERNAL_SERVER_ERROR'],
    ['crashes', byRunner({ errorType: 'ExitCode', errorMessage: 'exit 1' }), 'CUSTOM_STEP_FAILED'],
    [
      'raises something',
      new FunctionFailed({ kind: 'Handled', message: 'no', payload: '{}', source: { by: 'function' } }),
      'CUSTOM_STEP_FAILED',
    ],
  ] as const) {
    test(`${what} fails the step at once with ${type}`, async () => {
      const { workflows, id, execution } = await ending(error);
      assert.deepEqual(brief((await workflows.outcome(id, execution)).Steps), [`CUSTOM ${type}`]);
    });
  }

  for (const [what, error, type] of [
    ['is throttled', byService(429), 'THROTTLED'],
    ['has a service that fails', byService(503), 'INTERNAL_SERVER_ERROR'],
    ['is not reached', byRunner({ errorType: 'ECONNREFUSED', errorMessage: 'x' }), 'INTERNAL_SERVER_ERROR'],
  ] as const) {
    test(`${what} is called three times, then the step fails with ${type}`, async () => {
      const { workflows, id, execution } = await ending(error);
      await workflows.pass(1);
      callOf(workflows, 1).end(error);
      await settle();
      await workflows.pass(5);
      assert.equal((await workflows.outcome(id, execution)).Status, 'IN_PROGRESS');
      callOf(workflows, 2).end(error);
      assert.deepEqual(brief((await workflows.outcome(id, execution)).Steps), [`CUSTOM ${type}`]);
      const keys = new Set(workflows.calls.map(({ options }) => options.context.idempotencyKey));
      assert.equal(keys.size, 1);
    });
  }

  test('returns what is no JSON is called all the same', async () => {
    const { workflows, id, execution, call } = await ending(
      byRunner({ errorType: 'InvalidAnswer', errorMessage: 'not JSON' }),
    );
    assert.equal((await workflows.outcome(id, execution)).Status, 'IN_PROGRESS');
    await workflows.answer(call, 'SUCCESS');
    assert.equal((await workflows.outcome(id, execution)).Status, 'COMPLETED');
  });

  test('the role may not call is not called', async () => {
    const workflows = await TestWorkflows.open();
    workflows.parts.roles.set(ROLE, ({ action, resource }) => {
      assert.deepEqual([action, resource], ['lambda:InvokeFunction', FUNCTION]);
      return false;
    });
    const id = await workflows.use([custom()]);
    const { Steps } = await workflows.run(id, 'a.txt');
    assert.deepEqual(brief(Steps), ['CUSTOM PERMISSION_DENIED']);
    assert.equal(workflows.calls.length, 0);
  });
});

test('a file of a file system is told by its path', async () => {
  const workflows = await TestWorkflows.open();
  await workflows.use([custom()]);
  await workflows.uploadFile('/home/a.txt');
  await settle();
  assert.deepEqual(callOf(workflows, 0).event.fileLocation, {
    domain: 'EFS',
    fileSystemId: 'fs-11111111',
    path: '/home/a.txt',
  });
});

test('calls beyond the limit wait, and their time does not run meanwhile', async () => {
  const workflows = await TestWorkflows.open({ limits: { 'transfer.concurrentCalls': 1 } });
  const id = await workflows.use([custom(2)]);
  const first = await workflows.upload('a.txt');
  const second = await workflows.upload('b.txt');
  await settle();
  assert.equal(workflows.calls.length, 1);
  await workflows.pass(1);
  assert.equal(workflows.calls.length, 1);
  await workflows.pass(1);
  assert.equal((await workflows.outcome(id, first)).Status, 'EXCEPTION');
  assert.equal(
    workflows.calls.length,
    2,
    'a function that hangs keeps nobody waiting for longer than its step',
  );
  await workflows.pass(1);
  await workflows.answer(callOf(workflows, 1), 'SUCCESS');
  assert.equal((await workflows.outcome(id, second)).Status, 'COMPLETED');
});

test('no token is in the history, the log or an answer', async () => {
  const { workflows, id, execution, call } = await waiting([custom(), custom()]);
  await workflows.answer(call, 'SUCCESS');
  await settle();
  const found = workflows.store.written.map((batch) => JSON.stringify(batch)).join();
  const logged = JSON.stringify([...workflows.parts.logs.streams]);
  const described = JSON.stringify(await workflows.describe(id, execution));
  for (const text of [found, logged, described]) assert.equal(text.includes(call.event.token), false);
});
