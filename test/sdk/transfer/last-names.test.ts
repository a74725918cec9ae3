import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bucket } from '../../../src/files/bucket.ts';
import { FilesError } from '../../../src/files/files-error.ts';
import { keys } from '../../support/objects.ts';
import { ACCESS_KEY, startS3Server } from '../../support/s3/s3-server.ts';
import { SftpWorld } from '../../support/sftp-world.ts';

const FS = 'fs-0123456789abcdef0';
const settings = { temporarySuffixes: ['.filepart', '.partial'] };
const TAG = { Type: 'TAG', TagStepDetails: { Tags: [{ Key: 'a', Value: 'b' }] } } as const;

/** What the executions of a workflow say that was uploaded, once there are so many. */
async function uploaded(world: SftpWorld, workflow: string, count: number): Promise<readonly unknown[]> {
  const ended = await world.ended(workflow, count);
  return ended.map(({ InitialFileLocation: { S3FileLocation: s3, EfsFileLocation: efs } = {} }) =>
    s3 === undefined ? efs?.Path : `${s3.Bucket}/${s3.Key}`,
  );
}

test('a file that is uploaded under a temporary name has arrived when it gets its last one', async (t) => {
  const world = await SftpWorld.open(t, { settings });
  await world.createUser();
  const workflow = await world.use([TAG]);
  const session = await world.login();
  await session.put('a.txt.filepart', 'hello');
  await session.rename('a.txt.filepart', 'b.txt.1f3a.partial');
  assert.deepEqual(await world.executions(workflow), []);
  await session.rename('b.txt.1f3a.partial', 'a.txt');
  assert.deepEqual(await uploaded(world, workflow, 1), ['in/a.txt']);
  const [id = ''] = await world.executions(workflow);
  const { InitialFileLocation } = await world.describe(workflow, id);
  assert.equal(InitialFileLocation?.S3FileLocation?.Etag, '5d41402abc4b2a76b9719d911017c592');
  await session.rename('a.txt', 'c.txt');
  await session.rename('c.txt', 'c.filepart');
  await session.makeDirectory('d.filepart');
  await session.rename('d.filepart', 'd');
  await session.put('empty.filepart', '');
  await session.rename('empty.filepart', 'empty');
  await session.put('plain.txt', 'x');
  assert.deepEqual(await uploaded(world, workflow, 2), ['in/a.txt', 'in/plain.txt']);
});

test('where nothing is said of names, each file has arrived when it is closed', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  const workflow = await world.use([TAG]);
  const session = await world.login();
  await session.put('a.txt.filepart', 'hello');
  assert.deepEqual(await uploaded(world, workflow, 1), ['in/a.txt.filepart']);
  await session.rename('a.txt.filepart', 'a.txt');
  assert.deepEqual(await uploaded(world, workflow, 1), ['in/a.txt.filepart']);
});

test('last names count on an S3-compatible endpoint and behind mappings too', async (t) => {
  const s3 = await startS3Server(['landing']);
  t.after(() => s3.close());
  const endpoint = { endpoint: s3.url, bucket: 'landing', forcePathStyle: true, ...ACCESS_KEY };
  const world = await SftpWorld.open(t, { settings, buckets: { remote: endpoint } });
  await world.createUser({
    HomeDirectory: undefined,
    HomeDirectoryType: 'LOGICAL',
    HomeDirectoryMappings: [{ Entry: '/box', Target: '/remote/deep' }],
  });
  const workflow = await world.use([TAG]);
  const session = await world.login();
  await session.put('/box/a.txt.filepart', 'hello');
  await session.rename('/box/a.txt.filepart', '/box/a.txt');
  assert.deepEqual(await uploaded(world, workflow, 1), ['remote/deep/a.txt']);
  assert.deepEqual(await keys(world.bucket('remote')), ['deep/a.txt']);
});

test('the version of a file is the one that has its last name', async (t) => {
  const world = await SftpWorld.open(t, { settings, versioned: ['kept'] });
  await world.createUser({ HomeDirectory: '/kept' });
  const workflow = await world.use([TAG]);
  const session = await world.login();
  for (const content of ['first', 'second']) {
    await session.put('a.txt.partial', content);
    if (content === 'second') await session.remove('a.txt');
    await session.rename('a.txt.partial', 'a.txt');
  }
  const ended = await world.ended(workflow, 2);
  const versions = ended.map(({ InitialFileLocation }) => InitialFileLocation?.S3FileLocation?.VersionId);
  const head = await world.bucket('kept').head({ key: 'a.txt' });
  assert.equal(versions[1], head?.versionId);
  assert.notEqual(versions[0], versions[1]);
  for (const versionId of versions) {
    const tags = await world.bucket('kept').getTags({ key: 'a.txt', versionId });
    assert.deepEqual(tags, [{ Key: 'a', Value: 'b' }]);
  }
});

test('last names count on a file system too', async (t) => {
  const world = await SftpWorld.open(t, { settings, fileSystems: [FS] }, { Domain: 'EFS' });
  const [Uid, Gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  await world.createUser({ HomeDirectory: `/${FS}`, PosixProfile: { Uid, Gid } });
  const workflow = await world.use([{ Type: 'DELETE', DeleteStepDetails: {} }]);
  const session = await world.login();
  await session.put('a.txt.filepart', 'hello');
  await session.makeDirectory('d.filepart');
  await session.rename('d.filepart', 'd');
  await session.rename('a.txt.filepart', 'd/a.txt');
  assert.deepEqual(await uploaded(world, workflow, 1), ['/d/a.txt']);
});

test('on a file system, a file that gets its last name before it is closed arrives when it is closed', async (t) => {
  const world = await SftpWorld.open(t, { settings, fileSystems: [FS] }, { Domain: 'EFS' });
  const [Uid, Gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  await world.createUser({ HomeDirectory: `/${FS}`, PosixProfile: { Uid, Gid } });
  const whole = await world.use([{ Type: 'DELETE', DeleteStepDetails: {} }]);
  const partial = await world.use([{ Type: 'DELETE', DeleteStepDetails: {} }], { on: 'OnPartialUpload' });
  const session = await world.login();
  const handle = await session.open('a.txt.filepart', 'w');
  await session.write(handle, Buffer.from('hel'));
  await session.rename('a.txt.filepart', 'a.txt');
  assert.deepEqual(await world.executions(whole), []);
  await session.write(handle, Buffer.from('lo'), 3);
  await session.close(handle);
  assert.deepEqual(await uploaded(world, whole, 1), ['/a.txt']);

  await session.write(await session.open('b.txt.filepart', 'w'), Buffer.from('half'));
  await session.rename('b.txt.filepart', 'b.txt');
  session.vanish();
  assert.deepEqual(await uploaded(world, partial, 1), ['/b.txt']);
  assert.equal((await world.executions(whole)).length, 1);
});

/** The same, but for some of its methods. */
function changed<Whole extends object>(whole: Whole, changes: Partial<Whole>): Whole {
  return new Proxy(whole, {
    get: (_, name) => {
      const value: unknown = Reflect.get(changes, name) ?? Reflect.get(whole, name, whole);
      return typeof value === 'function' ? value.bind(whole) : value;
    },
  });
}

/** Nobody is told what the object of that key is. */
const hidden = (bucket: Bucket, key: string): Bucket =>
  changed(bucket, {
    head: async (object) => {
      if (object.key === key) throw new FilesError('denied', 'Access denied by 10.0.0.1');
      return bucket.head(object);
    },
  });

test('where the workflow cannot be started, the client is told so, and the log why', async (t) => {
  const world = await SftpWorld.open(t, {
    settings,
    changeStorage: (storage) =>
      changed(storage, {
        bucket: (name) => {
          const bucket = storage.bucket(name);
          return bucket && hidden(bucket, 'a.txt');
        },
      }),
  });
  await world.createUser();
  const workflow = await world.use([TAG]);
  const session = await world.login();
  await session.put('a.txt.filepart', 'hello');
  const message = 'The file has its new name, but its workflow could not be started';
  await assert.rejects(session.rename('a.txt.filepart', 'a.txt'), { message });
  assert.deepEqual(await keys(world.bucket('in')), ['a.txt']);
  assert.deepEqual(await world.executions(workflow), []);
  const log = await world.logged('ERROR', 'alice');
  const [renamed, error] = log.slice(-2);
  assert.equal(renamed?.['activity-type'], 'RENAME');
  assert.equal(renamed['new-path'], '/in/a.txt');
  assert.equal(error?.['activity-type'], 'ERROR');
  assert.equal(error.operation, 'RENAME');
  assert.equal(error.message, `${message}: Access denied by 10.0.0.1`);
});
