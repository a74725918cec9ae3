import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { ExecutionStepResult } from '@aws-sdk/client-transfer';
import { get, keys, put } from '../../support/objects.ts';
import {
  brief,
  EXECUTION_ROLE,
  LOGGING_ROLE,
  outcomeOf,
  SftpWorld,
  sdkSteps,
  USER_ROLE,
} from '../../support/sftp-world.ts';
import { copy, custom, remove, tag } from '../../support/workflow-steps.ts';
import { refuses } from './transfer-client.ts';

const HELLO_MD5 = '5d41402abc4b2a76b9719d911017c592';
const ok = (StepType: ExecutionStepResult['StepType'], Outputs = '{}') => ({ StepType, Outputs });
const tagged = (tags: Readonly<Record<string, string>>) =>
  ok('TAG', JSON.stringify({ Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }));
const tagsOf = (Key: string, Value: string) => [{ Key, Value }];

/** Uploads as `alice`. */
async function uploadTo(world: SftpWorld, path = 'a.txt', content: string | Uint8Array = 'hello') {
  const session = await world.login();
  await session.put(path, content);
  return session;
}

async function openWorld(...given: Parameters<typeof SftpWorld.open>): Promise<SftpWorld> {
  const world = await SftpWorld.open(...given);
  await world.createUser();
  return world;
}

describe('scenarios: files of buckets', () => {
  test('1: COPY into a folder, with the whole answer', async (t) => {
    const world = await openWorld(t);
    const id = await world.use([copy('done/')]);
    await uploadTo(world);
    const [executionId = ''] = await world.executions(id);
    await world.ended(id);
    const answer = await world.client.describeExecution({ WorkflowId: id, ExecutionId: executionId });
    const { $metadata, ...body } = answer;
    const sessionId = body.Execution?.ServiceMetadata?.UserDetails?.SessionId ?? '';
    assert.match(executionId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.match(sessionId, /^[0-9a-f]{16}$/);
    assert.deepEqual(body, {
      WorkflowId: id,
      Execution: {
        ExecutionId: executionId,
        InitialFileLocation: { S3FileLocation: { Bucket: 'in', Key: 'a.txt', Etag: HELLO_MD5 } },
        ServiceMetadata: {
          UserDetails: { UserName: 'alice', ServerId: world.sftp.id, SessionId: sessionId },
        },
        ExecutionRole: EXECUTION_ROLE,
        LoggingConfiguration: { LoggingRole: LOGGING_ROLE, LogGroupName: `/aws/transfer/${world.sftp.id}` },
        Status: 'COMPLETED',
        Results: { Steps: [ok('COPY')] },
      },
    });
    assert.equal($metadata.httpStatusCode, 200);
    const folder = join(world.data, 'buckets');
    assert.equal(readFileSync(join(folder, 'out/done/a.txt'), 'utf8'), 'hello');
    assert.equal(readFileSync(join(folder, 'in/a.txt'), 'utf8'), 'hello');
    assert.deepEqual(readdirSync(join(folder, 'out/.orrery/uploads')), []);
    const { metadata } = (await world.bucket('out').head({ key: 'done/a.txt' })) ?? {};
    assert.deepEqual(metadata, { 'user-agent': 'AWSTransfer', 'user-agent-id': `alice@${world.sftp.id}` });
  });

  test('2: COPY over what is there', async (t) => {
    const world = await openWorld(t);
    const id = await world.use([copy('done/fixed.bin', undefined, { overwrite: true })]);
    const session = await uploadTo(world, 'a.txt', 'first');
    await world.ended(id);
    await session.put('a.txt', 'second');
    const ended = await world.ended(id, 2);
    assert.deepEqual(ended.map(outcomeOf), Array(2).fill({ Status: 'COMPLETED', Steps: [ok('COPY')] }));
    assert.deepEqual(await keys(world.bucket('out')), ['done/fixed.bin']);
    assert.equal(await get(world.bucket('out'), 'done/fixed.bin'), 'second');
  });

  test('3: COPY to a name that is taken', async (t) => {
    const world = await openWorld(t);
    await put(world.bucket('out'), 'done/a.txt', 'other');
    const id = await world.use([copy('done/')]);
    await uploadTo(world);
    const { Steps = [], ...rest } = await world.outcome(id);
    assert.deepEqual(rest, { Status: 'EXCEPTION' });
    assert.deepEqual(brief(Steps), ['COPY ALREADY_EXISTS']);
    assert.deepEqual(Object.keys(Steps[0] ?? {}).sort(), ['Error', 'StepType']);
    assert.equal(await get(world.bucket('out'), 'done/a.txt'), 'other');
  });

  test('4: the same with a handler', async (t) => {
    const world = await openWorld(t);
    await put(world.bucket('out'), 'done/a.txt', 'other');
    const id = await world.use([copy('done/')], { handlers: [tag({ q: 'dup' }, 'original')] });
    await uploadTo(world);
    const { Status, Steps, OnExceptionSteps } = await world.outcome(id);
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['COPY ALREADY_EXISTS']);
    assert.deepEqual(OnExceptionSteps, [tagged({ q: 'dup' })]);
    assert.deepEqual(await world.bucket('in').getTags({ key: 'a.txt' }), tagsOf('q', 'dup'));
  });

  test('5: variables in the destination', async (t) => {
    const world = await openWorld(t);
    const before = new Date().toISOString().slice(0, 10);
    const place = { Bucket: 'out', Key: `$\{Transfer:UserName}/$\{Transfer:UploadDate}/` };
    const details = { DestinationFileLocation: { S3FileLocation: place } };
    const id = await world.use([{ Type: 'COPY', CopyStepDetails: details }]);
    await uploadTo(world);
    assert.deepEqual(await world.outcome(id), { Status: 'COMPLETED', Steps: [ok('COPY')] });
    const days = [before, new Date().toISOString().slice(0, 10)];
    const [key, ...others] = await keys(world.bucket('out'));
    assert.deepEqual(others, []);
    assert.ok(
      days.some((day) => key === `alice/${day}/a.txt`),
      key,
    );
  });

  test('6: COPY, TAG of the copy, DELETE of the original', async (t) => {
    const world = await openWorld(t);
    const id = await world.use([copy('x/'), tag({ s: 'ok' }, 'previous'), remove('original')]);
    const session = await uploadTo(world);
    const [execution] = await world.ended(id);
    assert.deepEqual(outcomeOf(execution), {
      Status: 'COMPLETED',
      Steps: [ok('COPY'), tagged({ s: 'ok' }), ok('DELETE')],
    });
    assert.deepEqual(await world.bucket('out').getTags({ key: 'x/a.txt' }), tagsOf('s', 'ok'));
    assert.deepEqual(await session.list('/in'), []);
    assert.deepEqual(execution?.InitialFileLocation?.S3FileLocation, {
      Bucket: 'in',
      Key: 'a.txt',
      Etag: HELLO_MD5,
    });
  });

  test('7: TAG of a file of a file system', async (t) => {
    const fileSystem = 'fs-0123456789abcdef0';
    const profile = { Uid: process.getuid?.() ?? 0, Gid: process.getgid?.() ?? 0, SecondaryGids: [7] };
    const world = await SftpWorld.open(t, { fileSystems: [fileSystem] }, { Domain: 'EFS' });
    await world.createUser({ HomeDirectory: `/${fileSystem}`, PosixProfile: profile });
    const id = await world.use([tag({ s: 'ok' })]);
    const session = await world.login();
    await session.makeDirectory('home');
    await session.put('home/a.txt', 'hello');
    const [execution] = await world.ended(id);
    assert.deepEqual(execution?.InitialFileLocation, {
      EfsFileLocation: { FileSystemId: fileSystem, Path: '/home/a.txt' },
    });
    assert.deepEqual(execution?.PosixProfile, profile);
    assert.deepEqual(outcomeOf(execution), {
      Status: 'EXCEPTION',
      Steps: [{ StepType: 'TAG', Error: { Type: 'BAD_REQUEST', Message: 'Cannot tag Efs file' } }],
    });
    assert.equal(readFileSync(join(world.data, fileSystem, 'home/a.txt'), 'utf8'), 'hello');
  });

  test('8: COPY of what has been deleted', async (t) => {
    const world = await openWorld(t);
    const id = await world.use([remove('original'), copy('x/', undefined, { source: 'original' })]);
    await uploadTo(world);
    const { Status, Steps = [], ...rest } = await world.outcome(id);
    assert.deepEqual([Status, rest], ['EXCEPTION', {}]);
    assert.deepEqual(Steps[0], ok('DELETE'));
    assert.deepEqual(brief(Steps), ['DELETE', 'COPY NOT_FOUND']);
  });

  test('18: an execution role that may not write', async (t) => {
    const allowed = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    };
    const denied = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 's3:PutObject', Resource: 'arn:aws:s3:::out/*' }],
    };
    const roles = [
      { arn: EXECUTION_ROLE, policies: [allowed, denied] },
      { arn: USER_ROLE, policies: [allowed] },
    ];
    const world = await openWorld(t, { roles });
    const id = await world.use([copy('x/')]);
    await uploadTo(world);
    const { Status, Steps } = await world.outcome(id);
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['COPY PERMISSION_DENIED']);
    assert.deepEqual(await keys(world.bucket('out')), []);
  });

  test('19: an empty file starts nothing', async (t) => {
    const world = await openWorld(t);
    const id = await world.use([copy('x/')]);
    const session = await uploadTo(world, 'a.txt', '');
    assert.equal((await session.stat('a.txt')).size, 0);
    const { $metadata, ...listed } = await world.client.listExecutions({ WorkflowId: id });
    assert.deepEqual([$metadata.httpStatusCode, listed], [200, { WorkflowId: id, Executions: [] }]);
    assert.deepEqual(await world.executions(id), []);
    const unknown = world.client.describeExecution({ WorkflowId: id, ExecutionId: randomUUID() });
    await assert.rejects(unknown, (error: { name: string; $metadata: { httpStatusCode: number } }) => {
      assert.deepEqual([error.name, error.$metadata.httpStatusCode], ['ResourceNotFoundException', 400]);
      return true;
    });
  });

  test('25: two uploads of one key of a versioned bucket', async (t) => {
    const versioned = await SftpWorld.open(t, { versioned: ['kept'] });
    await versioned.createUser({ HomeDirectory: '/kept' });
    const id = await versioned.use([tag({ of: 'this' })]);
    const session = await versioned.login();
    await session.put('a.txt', 'first');
    await versioned.ended(id);
    await versioned.client.updateServer({ ServerId: versioned.sftp.id, WorkflowDetails: { OnUpload: [] } });
    const second = await versioned.use([tag({ of: 'that' })]);
    await session.put('a.txt', 'second');
    const places = [...(await versioned.ended(id)), ...(await versioned.ended(second))].map(
      ({ Status, InitialFileLocation: at }) => {
        assert.equal(Status, 'COMPLETED');
        return at?.S3FileLocation ?? {};
      },
    );
    const versions = places.map(({ VersionId: version = '' }) => version);
    assert.equal(new Set(versions).size, 2);
    assert.ok(versions.every((version) => version !== ''));
    const bucket = versioned.bucket('kept');
    const found = await Promise.all(versions.map((versionId) => bucket.getTags({ key: 'a.txt', versionId })));
    assert.deepEqual(found, [tagsOf('of', 'this'), tagsOf('of', 'that')]);
  });

  test('28: what is refused of a definition', async (t) => {
    const { client } = await SftpWorld.open(t);
    const steps = (count: number) => sdkSteps(Array.from({ length: count }, () => copy('x/')));
    const { WorkflowId: id } = await client.createWorkflow({ Steps: steps(8) });
    assert.match(id ?? '', /^w-[a-z0-9]{17}$/);
    const refused = [
      { Steps: steps(9) },
      { Steps: [{ Type: 'TAG', TagStepDetails: { SourceFileLocation: `$\{foo.bar}` } } as const] },
      { Steps: steps(1), Description: 'in/out' },
    ];
    for (const input of refused) await refuses(client.createWorkflow(input), 'InvalidRequestException');
  });
});

test('26: a workflow in use is not deleted; one that runs ends as it would have', async (t) => {
  const called = Promise.withResolvers<string>();
  const callFunction = async (_name: string, event: string) => {
    called.resolve(event);
    return 'null';
  };
  const world = await openWorld(t, { callFunction });
  const id = await world.use([custom(), copy('x/')]);
  await uploadTo(world);
  const { token, serviceMetadata } = JSON.parse(await called.promise);
  await refuses(world.client.deleteWorkflow({ WorkflowId: id }), 'InvalidRequestException', {
    message: `Workflow is still in use by server ${world.sftp.id}`,
  });
  await world.client.updateServer({ ServerId: world.sftp.id, WorkflowDetails: { OnUpload: [] } });
  await world.client.deleteWorkflow({ WorkflowId: id });
  await refuses(world.client.describeWorkflow({ WorkflowId: id }), 'ResourceNotFoundException');
  const { executionId: ExecutionId } = serviceMetadata.executionDetails;
  const answer = { WorkflowId: id, ExecutionId, Token: token, Status: 'SUCCESS' } as const;
  await world.client.sendWorkflowStepState(answer);
  assert.deepEqual(await world.outcome(id), { Status: 'COMPLETED', Steps: [ok('CUSTOM'), ok('COPY')] });
  assert.equal(await get(world.bucket('out'), 'x/a.txt'), 'hello');
});
