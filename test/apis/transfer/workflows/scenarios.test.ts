import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as Wire from '../../../../src/apis/transfer/model/types.gen.ts';
import { MemoryBucket } from '../../../support/memory-bucket.ts';
import { LOGGING_ROLE, ROLE, SERVER, TestWorkflows } from '../../../support/open-workflows.ts';
import { settle } from '../../../support/toy-kernel.ts';
import { copy, custom, remove, tag } from '../../../support/workflow-steps.ts';
import { brief } from './steps.ts';

const HELLO_MD5 = '5d41402abc4b2a76b9719d911017c592';
const ok = (StepType: string, Outputs = '{}') => ({ StepType, Outputs });
const tagged = (tags: Readonly<Record<string, string>>) =>
  ok('TAG', JSON.stringify({ Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }));
/** Steps as their types and errors. */
describe('scenarios of the reference', () => {
  test('1: COPY into a folder', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([copy('done/')]);
    const execution = await workflows.upload('a.txt');
    await settle();
    assert.deepEqual(await workflows.describe(id, execution), {
      WorkflowId: id,
      Execution: {
        ExecutionId: execution,
        InitialFileLocation: { S3FileLocation: { Bucket: 'in', Key: 'a.txt', Etag: HELLO_MD5 } },
        ServiceMetadata: {
          UserDetails: { UserName: 'alice', ServerId: SERVER, SessionId: '0123456789abcdef' },
        },
        ExecutionRole: ROLE,
        LoggingConfiguration: { LoggingRole: LOGGING_ROLE, LogGroupName: `/aws/transfer/${SERVER}` },
        Status: 'COMPLETED',
        Results: { Steps: [ok('COPY')] },
      },
    });
    assert.equal(workflows.bucket('out').text('done/a.txt'), 'hello');
    assert.equal(workflows.bucket('in').text('a.txt'), 'hello');
  });

  test('2: COPY over what is there', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([copy('done/fixed.bin', undefined, { overwrite: true })]);
    for (const content of ['first', 'second']) {
      assert.deepEqual(await workflows.run(id, 'a.txt', { content }), {
        Status: 'COMPLETED',
        Steps: [ok('COPY')],
      });
    }
    assert.deepEqual(workflows.bucket('out').keys, ['done/fixed.bin']);
    assert.equal(workflows.bucket('out').text('done/fixed.bin'), 'second');
  });

  test('3: COPY to a name that is taken', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([copy('done/')]);
    workflows.bucket('out').put('done/a.txt', 'other');
    const { Status, Steps, ...rest } = await workflows.run(id, 'a.txt');
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['COPY ALREADY_EXISTS']);
    assert.equal(Steps?.[0]?.Outputs, undefined);
    assert.deepEqual(rest, {});
    assert.equal(workflows.bucket('out').text('done/a.txt'), 'other');
  });

  test('4: the same with a handler', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([copy('done/')], [tag({ q: 'dup' }, 'original')]);
    workflows.bucket('out').put('done/a.txt', 'other');
    const { Status, Steps, OnExceptionSteps } = await workflows.run(id, 'a.txt');
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['COPY ALREADY_EXISTS']);
    assert.deepEqual(OnExceptionSteps, [tagged({ q: 'dup' })]);
    assert.deepEqual(workflows.bucket('in').tags('a.txt'), { q: 'dup' });
  });

  test('5: variables in the destination', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([copyTo(`$\{Transfer:UserName}/$\{transfer:UploadDate}/`)]);
    const { Status } = await workflows.run(id, 'a.txt');
    assert.equal(Status, 'COMPLETED');
    assert.deepEqual(workflows.bucket('out').keys, ['alice/2023-11-14/a.txt']);
  });

  test('6: COPY, TAG of the copy, DELETE of the original', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([copy('x/'), tag({ s: 'ok' }, 'previous'), remove('original')]);
    const execution = await workflows.upload('a.txt');
    assert.deepEqual(await workflows.outcome(id, execution), {
      Status: 'COMPLETED',
      Steps: [ok('COPY'), tagged({ s: 'ok' }), ok('DELETE')],
    });
    assert.deepEqual(workflows.bucket('out').tags('x/a.txt'), { s: 'ok' });
    assert.deepEqual(workflows.bucket('in').keys, []);
    const { Execution } = await workflows.describe(id, execution);
    assert.equal(Execution.InitialFileLocation?.S3FileLocation?.Bucket, 'in');
  });

  test('7: TAG of a file of a file system', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([tag({ s: 'ok' })]);
    const execution = await workflows.uploadFile('/home/a.txt');
    await settle();
    const { Execution } = await workflows.describe(id, execution);
    assert.deepEqual(Execution.InitialFileLocation, {
      EfsFileLocation: { FileSystemId: 'fs-11111111', Path: '/home/a.txt' },
    });
    assert.deepEqual(Execution.PosixProfile, { Uid: 1001, Gid: 1002, SecondaryGids: [7] });
    assert.equal(Execution.Status, 'EXCEPTION');
    assert.deepEqual(Execution.Results, {
      Steps: [{ StepType: 'TAG', Error: { Type: 'BAD_REQUEST', Message: 'Cannot tag Efs file' } }],
    });
  });

  test('8: COPY of what has been deleted', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([remove('original'), copy('x/', undefined, { source: 'original' })]);
    const { Status, Steps } = await workflows.run(id, 'a.txt');
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['DELETE', 'COPY NOT_FOUND']);
  });

  test('18: a role that does not allow it', async () => {
    const workflows = await TestWorkflows.open();
    workflows.parts.roles.set(ROLE, ({ action }) => action !== 's3:PutObject');
    const id = await workflows.use([copy('x/')]);
    const { Status, Steps } = await workflows.run(id, 'a.txt');
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['COPY PERMISSION_DENIED']);
    assert.deepEqual(workflows.bucket('out').keys, []);
  });

  test('19: an empty file starts nothing', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([copy('x/')]);
    assert.equal(await workflows.upload('a.txt', { content: '' }), undefined);
    assert.deepEqual(await workflows.request('ListExecutions', { WorkflowId: id }), {
      WorkflowId: id,
      Executions: [],
    });
    await assert.rejects(workflows.describe(id, 'b3c8e7a6-0000-4000-8000-000000000000'), {
      reason: 'ResourceNotFoundException',
    });
  });

  test('20: a partial upload starts the workflow of its own', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.create([tag({ partial: '1' })]);
    workflows.attach(id, 'OnPartialUpload');
    assert.equal(await workflows.upload('whole.txt'), undefined);
    const { Status, Steps } = await workflows.run(id, 'part.txt', { isPartial: true });
    assert.equal(Status, 'COMPLETED');
    assert.deepEqual(Steps, [tagged({ partial: '1' })]);
  });

  test('21: the throttle of the vendor, and none', async () => {
    for (const throttle of ['aws', 'none'] as const) {
      const workflows = await TestWorkflows.open({ settings: { throttle } });
      const id = await workflows.use([tag({ a: '1' })], [remove()]);
      const executions: (string | undefined)[] = [];
      for (let i = 0; i < 150; i++) {
        if (i > 0 && i % 15 === 0) workflows.parts.clock.advance(1000);
        executions.push(await workflows.upload(`${i}.txt`));
      }
      await settle(200);
      const outcomes = await Promise.all(executions.map((execution) => workflows.outcome(id, execution)));
      const completed = outcomes.filter(({ Status }) => Status === 'COMPLETED').length;
      assert.equal(completed, throttle === 'aws' ? 109 : 150);
      for (const { Status, ...results } of outcomes) {
        if (Status === 'COMPLETED') continue;
        assert.equal(Status, 'EXCEPTION');
        assert.deepEqual(brief(results.Steps), ['TAG THROTTLED']);
        assert.equal(results.OnExceptionSteps, undefined);
      }
      const lines = [...workflows.parts.logs.streams.values()].flat() as { readonly type: string }[];
      const throttled = lines.filter(({ type }) => type === 'ExecutionThrottled').length;
      assert.equal(throttled, 150 - completed);
    }
  });

  test('22: the execution of another workflow', async () => {
    const workflows = await TestWorkflows.open();
    const other = await workflows.create([remove()]);
    const id = await workflows.use([custom()]);
    const execution = await workflows.upload('a.txt');
    const refused = { reason: 'ResourceNotFoundException' };
    await settle();
    await assert.rejects(workflows.describe(other, execution), refused);
    const [call] = workflows.calls;
    assert.ok(call);
    await workflows.answer(call, 'SUCCESS');
    await settle();
    await assert.rejects(workflows.describe(other, execution), refused);
    assert.equal((await workflows.outcome(id, execution)).Status, 'COMPLETED');
  });

  test('23: ended executions hidden as the vendor hides them', async () => {
    const workflows = await TestWorkflows.open({ settings: { endedExecutions: 'hidden' } });
    const id = await workflows.use([custom()]);
    const execution = await workflows.upload('a.txt');
    await settle();
    assert.equal((await workflows.describe(id, execution)).Execution.Status, 'IN_PROGRESS');
    const [call] = workflows.calls;
    assert.ok(call);
    await workflows.answer(call, 'SUCCESS');
    await assert.rejects(workflows.describe(id, execution), { reason: 'ResourceNotFoundException' });
    const listed = await workflows.request('ListExecutions', { WorkflowId: id });
    assert.deepEqual(listed, { WorkflowId: id, Executions: [] });
  });

  test('25: versions of one key', async () => {
    const workflows = await TestWorkflows.open();
    workflows.parts.buckets.set('in', new MemoryBucket('in', { isVersioned: true }));
    const id = await workflows.use([custom(), tag({ by: 'me' }, 'original')]);
    const first = await workflows.upload('a.txt', { content: 'one' });
    const second = await workflows.upload('a.txt', { content: 'two' });
    await settle();
    for (const call of workflows.calls.slice()) await workflows.answer(call, 'SUCCESS');
    await settle();
    for (const [execution, versionId] of [
      [first, 'v1'],
      [second, 'v2'],
    ] as const) {
      const { Execution } = await workflows.describe(id, execution);
      assert.equal(Execution.Status, 'COMPLETED');
      assert.equal(Execution.InitialFileLocation?.S3FileLocation?.VersionId, versionId);
      assert.deepEqual(workflows.bucket('in').tags('a.txt', versionId), { by: 'me' });
    }
    assert.deepEqual(workflows.calls.map(({ event }) => event.fileLocation.versionId).sort(), ['v1', 'v2']);
  });

  test('26: a workflow that is attached cannot be deleted; what runs goes on when it is', async () => {
    const workflows = await TestWorkflows.open();
    const id = await workflows.use([custom(), copy('x/')]);
    const execution = await workflows.upload('a.txt');
    await settle();
    await assert.rejects(workflows.request('DeleteWorkflow', { WorkflowId: id }), {
      reason: 'InvalidRequestException',
      message: `Workflow is still in use by server ${SERVER}`,
    });
    workflows.attach(undefined);
    await workflows.request('DeleteWorkflow', { WorkflowId: id });
    const [call] = workflows.calls;
    assert.ok(call);
    await workflows.answer(call, 'SUCCESS');
    assert.equal((await workflows.outcome(id, execution)).Status, 'COMPLETED');
    await assert.rejects(workflows.request('DeleteWorkflow', { WorkflowId: id }), {
      reason: 'ResourceNotFoundException',
      details: { Resource: id, ResourceType: 'Workflow' },
    });
  });

  test('27: storage that is down for longer than the attempts', async () => {
    const workflows = await TestWorkflows.open();
    const { FilesError } = await import('../../../../src/files/files-error.ts');
    workflows.bucket('out').before = () => {
      throw new FilesError('unavailable', 'nobody is there');
    };
    const id = await workflows.use([copy('x/')]);
    const execution = await workflows.upload('a.txt');
    assert.equal((await workflows.outcome(id, execution)).Status, 'IN_PROGRESS');
    await workflows.pass(1);
    assert.equal((await workflows.outcome(id, execution)).Status, 'IN_PROGRESS');
    await workflows.pass(5);
    const { Status, Steps } = await workflows.outcome(id, execution);
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['COPY INTERNAL_SERVER_ERROR']);
  });
});

function copyTo(key: string): Wire.WorkflowStep {
  return {
    Type: 'COPY',
    CopyStepDetails: { DestinationFileLocation: { S3FileLocation: { Bucket: 'out', Key: key } } },
  };
}
