import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DirectoryBucket } from '../../src/files/backends/local/directory-bucket.ts';
import { guardedBucket } from '../../src/files/guarded-bucket.ts';
import { get, keys, put, rejects } from '../support/objects.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

async function openBucket(context: TestContext, newVersionId?: () => string): Promise<DirectoryBucket> {
  const directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'b');
  await mkdir(path);
  const bucket = new DirectoryBucket({ name: 'b', region: 'eu-west-1', directory: path, newVersionId });
  context.after(async () => {
    bucket.close();
    await directory.remove();
  });
  return bucket;
}

test('every call asks for its action first, and does nothing when refused', async (context) => {
  const bucket = await openBucket(context, randomUUID);
  const { versionId = '', etag } = await put(bucket, 'a', 'x');
  await bucket.putTags({ key: 'a' }, [{ Key: 'k', Value: 'v' }]);
  const asked: string[] = [];
  const refused = guardedBucket(bucket, (action, key) => {
    asked.push(`${action} ${key}`);
    return false;
  });
  const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['s3:GetObject a', () => refused.head({ key: 'a' })],
    ['s3:GetObject a', () => refused.find('a')],
    ['s3:GetObject a', () => refused.open({ key: 'a' })],
    ['s3:GetObjectVersion a', () => refused.open({ key: 'a', versionId })],
    ['s3:GetObjectVersion a', () => refused.head({ key: 'a', versionId })],
    ['s3:PutObject n', () => refused.create('n')],
    ['s3:DeleteObject a', () => refused.remove({ key: 'a' })],
    ['s3:DeleteObjectVersion a', () => refused.remove({ key: 'a', versionId })],
    ['s3:ListBucket in/', () => refused.list({ prefix: 'in/', limit: 1 })],
    ['s3:ListBucket in/', () => refused.hasUnder('in/')],
    ['s3:GetObjectTagging a', () => refused.getTags({ key: 'a' })],
    ['s3:GetObjectVersionTagging a', () => refused.getTags({ key: 'a', versionId })],
    ['s3:PutObjectTagging a', () => refused.putTags({ key: 'a' }, [])],
    ['s3:PutObjectVersionTagging a', () => refused.putTags({ key: 'a', versionId }, [])],
    ['s3:PutObject n', () => refused.copy({ bucket, key: 'a' }, 'n')],
    ['s3:GetObject a', () => bucket.copy({ bucket: refused, key: 'a' }, 'n')],
    ['s3:PutObject a', async () => refused.touch?.('a', 0)],
  ];
  for (const [question, call] of calls) {
    asked.length = 0;
    await rejects(call(), 'denied');
    assert.deepEqual(asked, [question]);
  }
  assert.deepEqual(await keys(bucket), ['a']);
  assert.deepEqual([(await bucket.head({ key: 'a' }))?.etag, await get(bucket, 'a')], [etag, 'x']);
  assert.equal((await bucket.getTags({ key: 'a' })).length, 1);
});

test('a copy needs both ends, and tags only where there are some', async (context) => {
  const bucket = await openBucket(context);
  await put(bucket, 'plain', 'x');
  await put(bucket, 'tagged', 'x');
  await bucket.putTags({ key: 'tagged' }, [{ Key: 'k', Value: 'v' }]);
  const asked: string[] = [];
  const guard = guardedBucket(bucket, (action, key) => asked.push(`${action} ${key}`) > 0);
  await guard.copy({ bucket: guard, key: 'plain' }, 'n');
  assert.deepEqual(asked.splice(0), ['s3:GetObject plain', 's3:PutObject n']);
  await guard.copy({ bucket: guard, key: 'tagged' }, 'n');
  assert.deepEqual(asked, [
    's3:GetObject tagged',
    's3:PutObject n',
    's3:GetObjectTagging tagged',
    's3:PutObjectTagging n',
  ]);
});

test('a directory is renamed only by who may move all that is in it', async (context) => {
  const bucket = await openBucket(context);
  await put(bucket, 'from/a', 'x');
  await put(bucket, 'from/secret/b', 'x');
  const guard = guardedBucket(bucket, (_, key) => !key.startsWith('from/secret/'));
  await rejects(Promise.resolve(guard.move?.('from/', 'to/', { replace: false })), 'denied');
  assert.deepEqual(await keys(bucket), ['from/a', 'from/secret/b']);
  const free = guardedBucket(bucket, () => true);
  await free.move?.('from/', 'to/', { replace: false });
  assert.deepEqual(await keys(bucket), ['to/a', 'to/secret/b']);
});
