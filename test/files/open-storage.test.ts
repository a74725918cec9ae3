import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openStorage, type StorageOptions } from '../../src/files/open-storage.ts';
import type { Storage } from '../../src/files/storage.ts';
import { get, keys, put } from '../support/objects.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const BASE = { buckets: {}, fileSystems: {}, region: 'eu-west-1', newId: randomUUID, now: () => 0 };

async function makeFolder(context: TestContext): Promise<string> {
  const { path } = await makeTemporaryDirectory(context);
  for (const name of ['landing', 'efs', 'data', 'data/buckets', 'data/buckets/inbox'])
    mkdirSync(join(path, name));
  return path;
}

function open(context: TestContext, folder: string, more: Partial<StorageOptions> = {}): Storage {
  const storage = openStorage({ ...BASE, data: join(folder, 'data'), ...more });
  context.after(() => storage.close());
  return storage;
}

test('buckets are those of the configuration and the folders in the data directory', async (context) => {
  const folder = await makeFolder(context);
  const storage = open(context, folder, {
    buckets: {
      landing: { directory: join(folder, 'landing'), versioning: true, region: 'us-west-2' },
      far: { endpoint: 'http://127.0.0.1:1', bucket: 'b' },
    },
  });
  assert.deepEqual(storage.buckets(), ['far', 'inbox', 'landing']);
  const landing = storage.bucket('landing');
  assert.deepEqual([landing?.name, landing?.region, landing?.isVersioned], ['landing', 'us-west-2', true]);
  assert.equal(storage.bucket('landing'), landing);
  const inbox = storage.bucket('inbox');
  assert.deepEqual([inbox?.region, inbox?.isVersioned], ['eu-west-1', false]);
  assert.equal(storage.bucket('far')?.writesAnywhere, false);
  for (const name of ['none', '..', '.', '', 'a/b', 'toString', '../landing']) {
    assert.equal(storage.bucket(name), undefined, name);
  }
  mkdirSync(join(folder, 'data/buckets/later'));
  assert.ok(storage.bucket('later') !== undefined, 'a folder that comes later is one too');
  assert.ok(storage.buckets().includes('later'));
});

test('file systems are found by id and by ARN', async (context) => {
  const folder = await makeFolder(context);
  const id = 'fs-0123456789abcdef0';
  const storage = open(context, folder, { fileSystems: { [id]: { directory: join(folder, 'efs') } } });
  const found = storage.fileSystem(id);
  assert.equal(found?.id, id);
  assert.equal(
    storage.fileSystem(`arn:aws:elasticfilesystem:us-east-1:000000000000:file-system/${id}`),
    found,
  );
  assert.equal(storage.fileSystem('fs-00000000000000000'), undefined);
});

test('a directory that is not there concerns only who uses it', async (context) => {
  const folder = await makeFolder(context);
  const directory = join(folder, 'gone');
  const storage = open(context, folder, {
    buckets: { a: { directory } },
    fileSystems: { 'fs-1': { directory } },
  });
  const user = { uid: 0, gid: 0, secondaryGids: [] };
  const tree = storage.fileSystem('fs-1')?.as(user);
  const gone = { reason: 'not-found' };
  await assert.rejects(async () => storage.bucket('a')?.find('x'), gone);
  await assert.rejects(async () => storage.bucket('a')?.create('x'), gone);
  await assert.rejects(async () => tree?.stat('/'), gone);
});

test('directories that are not apart are refused', async (context) => {
  const folder = await makeFolder(context);
  const landing = { directory: join(folder, 'landing') };
  mkdirSync(join(folder, 'landing/deep'));
  symlinkSync('landing', join(folder, 'alias'));
  const inner = { directory: join(folder, 'alias/deep') };
  const isRefused = /directories of bucket a and .* b are not apart/;
  assert.throws(() => open(context, folder, { buckets: { a: landing, b: landing } }), isRefused);
  assert.throws(() => open(context, folder, { buckets: { a: landing, b: inner } }), isRefused);
  assert.throws(
    () => open(context, folder, { buckets: { a: inner }, fileSystems: { b: landing } }),
    isRefused,
  );
});

test('the data directory is in no bucket and no file system', async (context) => {
  const folder = await makeFolder(context);
  for (const directory of [folder, join(folder, 'data')]) {
    const buckets = { all: { directory } };
    assert.throws(() => open(context, folder, { buckets }), /bucket all holds the data directory/);
    const fileSystems = { 'fs-1': { directory } };
    assert.throws(() => open(context, folder, { fileSystems }), /file system fs-1 holds the data directory/);
  }
});

test('one directory is held by one process or opening', async (context) => {
  const folder = await makeFolder(context);
  const buckets = { landing: { directory: join(folder, 'landing') } };
  const storage = open(context, folder, { buckets });
  const bucket = storage.bucket('landing');
  assert.ok(bucket !== undefined);
  await put(bucket, 'a', 'x');
  const second = open(context, folder, { buckets });
  const held = { reason: 'unavailable', message: /another process/ };
  await assert.rejects(async () => second.bucket('landing')?.head({ key: 'a' }), held);
  await assert.rejects(async () => second.bucket('landing')?.list({ prefix: '', limit: 1 }), held);
});

test('sweeping removes what interrupted uploads left, and nothing else', async (context) => {
  const folder = await makeFolder(context);
  const fileSystems = { 'fs-1': { directory: join(folder, 'efs') } };
  const buckets = { landing: { directory: join(folder, 'landing') } };
  const first = openStorage({ ...BASE, data: join(folder, 'data'), buckets, fileSystems });
  for (const name of ['landing', 'inbox']) await put(first.bucket(name) as never, 'kept', 'x');
  await first.fileSystem('fs-1')?.as({ uid: 0, gid: 0, secondaryGids: [] }).stat('/');
  await first.close();
  const uploads = ['landing', 'data/buckets/inbox', 'efs'].map((name) =>
    join(folder, name, '.orrery/uploads'),
  );
  for (const each of uploads) writeFileSync(join(each, '1'), 'left');
  const storage = open(context, folder, { buckets, fileSystems });
  await storage.sweep();
  for (const each of uploads) assert.deepEqual(readdirSync(each), []);
  const bucket = storage.bucket('landing');
  assert.ok(bucket !== undefined);
  assert.equal(await get(bucket, 'kept'), 'x');
  assert.deepEqual(await keys(bucket), ['kept']);
});

test('sweeping leaves alone what nothing was written to', async (context) => {
  const folder = await makeFolder(context);
  await open(context, folder).sweep();
  assert.equal(existsSync(join(folder, 'data/buckets/inbox/.orrery')), false);
});
