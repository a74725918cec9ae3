import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WorkflowStep } from '../../../../src/apis/transfer/model/types.gen.ts';
import type { Tag } from '../../../../src/files/bucket.ts';
import type { FilesReason } from '../../../../src/files/files-error.ts';
import { failing } from '../../../support/memory-bucket.ts';
import { ROLE, TestWorkflows } from '../../../support/open-workflows.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, copyFile, custom, remove, tag } from '../../../support/workflow-steps.ts';
import { brief, ended } from './steps.ts';

describe('faults of the storage', () => {
  const afterFaults = async (reason: FilesReason, times: number) => {
    const workflows = await TestWorkflows.open();
    workflows.bucket('out').before = failing(times, reason);
    const id = await workflows.use([copy('x/')]);
    const execution = await workflows.upload('a.txt');
    await settle();
    await workflows.pass(1);
    await workflows.pass(5);
    return workflows.outcome(id, execution);
  };

  test('two that pass are got over', async () => {
    for (const reason of ['unavailable', 'throttled'] as const) {
      assert.deepEqual(brief((await afterFaults(reason, 2)).Steps), ['COPY']);
    }
  });

  const lasting: Readonly<Partial<Record<FilesReason, string>>> = {
    throttled: 'THROTTLED',
    unavailable: 'INTERNAL_SERVER_ERROR',
    'no-space': 'INTERNAL_SERVER_ERROR',
    denied: 'PERMISSION_DENIED',
    invalid: 'BAD_REQUEST',
    unsupported: 'BAD_REQUEST',
    'is-a-directory': 'BAD_REQUEST',
    'not-a-directory': 'BAD_REQUEST',
  };
  for (const [reason, type] of Object.entries(lasting)) {
    test(`${reason} that lasts is ${type}`, async () => {
      assert.deepEqual(brief((await afterFaults(reason as FilesReason, 3)).Steps), [`COPY ${type}`]);
    });
  }

  test('those that do not pass are not waited for', async () => {
    const workflows = await TestWorkflows.open();
    workflows.bucket('out').before = failing(1, 'denied');
    const id = await workflows.use([copy('x/')]);
    assert.deepEqual(brief((await workflows.run(id, 'a.txt')).Steps), ['COPY PERMISSION_DENIED']);
  });

  test('a step that takes too long times out, even if its storage never answers', async () => {
    const workflows = await TestWorkflows.open({ limits: { 'transfer.stepSeconds': 60 } });
    workflows.bucket('out').before = () => new Promise(() => {});
    const id = await workflows.use([copy('x/')]);
    const execution = await workflows.upload('a.txt');
    await settle();
    await workflows.pass(59);
    assert.equal((await workflows.outcome(id, execution)).Status, 'IN_PROGRESS');
    await workflows.pass(1);
    assert.deepEqual(brief((await workflows.outcome(id, execution)).Steps), ['COPY TIMEOUT']);
  });
});

describe('what a role must allow', () => {
  const asked = async (steps: readonly WorkflowStep[], tags: readonly Tag[] = []) => {
    const workflows = await TestWorkflows.open();
    const questions: string[] = [];
    workflows.parts.roles.set(ROLE, ({ action, resource }) => {
      questions.push(`${action} ${resource.replace('arn:aws:s3:::', '')}`);
      return true;
    });
    const id = await workflows.use([custom(), ...steps]);
    const execution = await workflows.upload('a.txt');
    await settle();
    await workflows.bucket('in').putTags({ key: 'a.txt' }, tags);
    const [call] = workflows.calls;
    assert.ok(call);
    await workflows.answer(call, 'SUCCESS');
    assert.equal((await workflows.outcome(id, execution)).Status, 'COMPLETED');
    return questions.slice(1);
  };

  test('for COPY', async () => {
    assert.deepEqual(await asked([copy('x/')]), [
      's3:GetObject in/a.txt',
      's3:PutObject out/x/a.txt',
      's3:ListBucket out',
    ]);
    assert.deepEqual(await asked([copy('x/', undefined, { overwrite: true })], [{ Key: 'k', Value: 'v' }]), [
      's3:GetObject in/a.txt',
      's3:PutObject out/x/a.txt',
      's3:GetObjectTagging in/a.txt',
      's3:PutObjectTagging out/x/a.txt',
    ]);
  });

  test('for TAG and DELETE', async () => {
    assert.deepEqual(await asked([tag({ a: '1' })]), ['s3:PutObjectTagging in/a.txt']);
    assert.deepEqual(await asked([remove()]), ['s3:DeleteObject in/a.txt']);
  });

  test('for file systems', async () => {
    const workflows = await TestWorkflows.open();
    workflows.parts.roles.set(ROLE, ({ action }) => action === 'elasticfilesystem:ClientMount');
    const id = await workflows.use([copyFile('fs-11111111', '/x/')], [remove()]);
    const outcome = await workflows.outcome(id, await workflows.uploadFile('/a.txt'));
    assert.match(
      outcome.Steps?.[0]?.Error?.Message ?? '',
      /does not allow elasticfilesystem:ClientWrite on arn:aws:elasticfilesystem:us-east-1:000000000000:file-system\/fs-11111111$/,
    );
    assert.deepEqual(brief(outcome.OnExceptionSteps), ['DELETE PERMISSION_DENIED']);
  });
});

test('thousands of uploads do not run all at once', async () => {
  const workflows = await TestWorkflows.open({ limits: { 'transfer.concurrentSteps': 3 } });
  let running = 0;
  let most = 0;
  workflows.bucket('out').before = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
  };
  const id = await workflows.use([copy('x/')]);
  const uploads = Array.from({ length: 1000 }, (_, i) => workflows.upload(`${i}.txt`));
  const executions = await Promise.all(uploads);
  for (const execution of executions) {
    assert.equal((await ended(workflows, id, execution)).Status, 'COMPLETED');
  }
  assert.equal(most, 3);
  assert.equal(workflows.bucket('out').keys.length, 1000);
});
