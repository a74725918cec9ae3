import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statfsSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ObjectInfo } from '../../src/files/bucket.ts';
import { openDirectory } from '../support/directory-bucket.ts';
import { get, keys, md5, put, rejects } from '../support/objects.ts';

test('a file that another program put there is an object', async (context) => {
  const { bucket, path } = await openDirectory(context);
  mkdirSync(join(path, 'in/deep'), { recursive: true });
  writeFileSync(join(path, 'in/deep/a.txt'), 'dropped');
  assert.deepEqual(await keys(bucket), ['in/deep/a.txt']);
  const listed = await bucket.list({ prefix: '', limit: 10 });
  assert.equal(listed.objects[0]?.etag, undefined, 'a list does not read contents');
  const info = await bucket.head({ key: 'in/deep/a.txt' });
  assert.deepEqual([info?.etag, info?.size, info?.metadata], [md5('dropped'), 7, {}]);
  assert.equal((await bucket.list({ prefix: '', limit: 10 })).objects[0]?.etag, md5('dropped'));
  await bucket.putTags({ key: 'in/deep/a.txt' }, [{ Key: 'k', Value: 'v' }]);
  assert.equal((await bucket.getTags({ key: 'in/deep/a.txt' })).length, 1);
  assert.equal(readFileSync(join(path, 'in/deep/a.txt'), 'utf8'), 'dropped');
});

test('what is noted of a file goes with its content', async (context) => {
  const { bucket, path, reopen } = await openDirectory(context);
  await put(bucket, 'a', 'one', { metadata: { m: '1' } });
  await bucket.putTags({ key: 'a' }, [{ Key: 'k', Value: 'v' }]);
  const again = reopen();
  assert.deepEqual((await again.head({ key: 'a' }))?.metadata, { m: '1' });
  assert.equal((await again.getTags({ key: 'a' })).length, 1);
  writeFileSync(join(path, 'new'), 'two');
  renameSync(join(path, 'new'), join(path, 'a'));
  assert.deepEqual(await again.getTags({ key: 'a' }), []);
  const replaced = await again.head({ key: 'a' });
  assert.deepEqual([replaced?.etag, replaced?.metadata], [md5('two'), {}]);
  appendFileSync(join(path, 'a'), '!');
  assert.equal((await again.head({ key: 'a' }))?.etag, md5('two!'));
  const { mtimeMs } = statSync(join(path, 'a'));
  writeFileSync(join(path, 'a'), 'TWO!');
  utimesSync(join(path, 'a'), mtimeMs / 1000 + 1, mtimeMs / 1000 + 1);
  assert.equal((await again.head({ key: 'a' }))?.etag, md5('TWO!'));
});

test('a file that is written while it is read is told', async (context) => {
  const { bucket, path } = await openDirectory(context);
  await put(bucket, 'a', 'x'.repeat(100_000));
  const reader = await bucket.open({ key: 'a' });
  await reader.read(0, 10);
  appendFileSync(join(path, 'a'), 'more');
  await rejects(reader.read(10, 10), 'changed');
  await reader.close();
});

test('whose time is set while it is read or copied is the same object', async (context) => {
  const { bucket } = await openDirectory(context);
  const content = Buffer.alloc(20_000_000, 'x');
  const { etag } = await put(bucket, 'a', content);
  const reader = await bucket.open({ key: 'a' }, { etag });
  await reader.read(0, 10);
  const copying = bucket.copy({ bucket, key: 'a', etag }, 'b');
  await bucket.touch?.('a', 1_500_000_000_000);
  assert.equal(Buffer.from(await reader.read(10, 3)).toString(), 'xxx');
  await reader.close();
  assert.equal((await copying).etag, etag);
});

test('nothing is written behind a gap that the disk could not hold', async (context) => {
  const { bucket } = await openDirectory(context);
  const upload = await bucket.create('a');
  assert.throws(() => upload.write(2 ** 50, Buffer.from('x')), { reason: 'no-space' });
  await upload.write(1_000_000, Buffer.from('x'));
  assert.equal((await upload.publish()).size, 1_000_001);
});

test('nor behind many gaps that it could not hold together', async (context) => {
  const { bucket, path } = await openDirectory(context);
  const { bavail, bsize } = statfsSync(path);
  const upload = await bucket.create('a');
  const step = 250 * 1024 * 1024;
  const fill = async (): Promise<void> => {
    for (let end = step; end < 2 * bavail * bsize; end += step) await upload.write(end, Buffer.from('x'));
  };
  await assert.rejects(fill(), { reason: 'no-space' });
  await upload.abort();
});

test('what is published again under its own mark is no second version', async (context) => {
  let versions = 0;
  const { bucket, reopen } = await openDirectory(context, () => `version-${++versions}`);
  await put(bucket, 'a', 'before');
  const first = await put(bucket, 'a', 'content', { mark: 'run-1 step 1' });
  const again = await put(reopen(), 'a', 'content', { mark: 'run-1 step 1' });
  assert.deepEqual(again, first);
  const { versionId } = await put(reopen(), 'a', 'other', { mark: 'run-2 step 1' });
  const last = reopen();
  await last.remove({ key: 'a', versionId });
  assert.equal((await last.head({ key: 'a' }))?.versionId, first.versionId);
  await last.remove({ key: 'a', versionId: first.versionId });
  assert.equal(await get(last, 'a'), 'before');
});

test('links are no objects, and nothing is read or written through them', async (context) => {
  const { bucket, path } = await openDirectory(context);
  const outside = join(path, '..', 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret'), 'secret');
  symlinkSync(outside, join(path, 'dir'));
  symlinkSync('../outside/secret', join(path, 'file'));
  await put(bucket, 'real/a', 'x');
  symlinkSync('real', join(path, 'inner'));
  assert.deepEqual(await keys(bucket), ['real/a']);
  assert.deepEqual(await keys(bucket, { delimiter: '/' }), ['real/']);
  assert.deepEqual(await keys(bucket, { prefix: 'dir/' }), []);
  for (const key of ['dir/secret', 'file', 'inner/a', 'dir/']) {
    assert.equal(await bucket.head({ key }), undefined, key);
    await rejects(bucket.open({ key }), 'not-found');
    await rejects(bucket.copy({ bucket, key }, 'copy'), 'not-found');
    await bucket.remove({ key });
  }
  await rejects(put(bucket, 'dir/new', 'x'), 'not-a-directory');
  await rejects(put(bucket, 'file', 'x', { ifAbsent: true }), 'exists');
  await put(bucket, 'file', 'replaces the link');
  assert.deepEqual(readdirSync(outside), ['secret']);
  assert.equal(readFileSync(join(outside, 'secret'), 'utf8'), 'secret');
  assert.ok(lstatSync(join(path, 'file')).isFile());
});

test('pipes are no objects and do not hold anybody up', async (context) => {
  const { bucket, path } = await openDirectory(context);
  execFileSync('mkfifo', [join(path, 'pipe')]);
  assert.equal(await bucket.head({ key: 'pipe' }), undefined);
  await rejects(bucket.open({ key: 'pipe' }), 'not-found');
  assert.deepEqual(await keys(bucket), []);
});

test('directories of others stay, and are objects while they are empty', async (context) => {
  const { bucket, path } = await openDirectory(context);
  mkdirSync(join(path, 'theirs'));
  assert.deepEqual(await keys(bucket), ['theirs/']);
  await put(bucket, 'theirs/a', 'x');
  await put(bucket, 'ours/a', 'x');
  assert.deepEqual(await keys(bucket), ['ours/a', 'theirs/a']);
  await bucket.remove({ key: 'theirs/a' });
  await bucket.remove({ key: 'ours/a' });
  assert.deepEqual(await keys(bucket), ['theirs/']);
  assert.equal(existsSync(join(path, 'ours')), false);
  await bucket.remove({ key: 'theirs/' });
  assert.deepEqual(await keys(bucket), []);
});

test('a key cannot be a file and a directory', async (context) => {
  const { bucket } = await openDirectory(context);
  await put(bucket, 'a/b', 'x');
  await put(bucket, 'file', 'x');
  await rejects(put(bucket, 'a', 'x'), 'is-a-directory');
  await rejects(put(bucket, 'a', 'x', { ifAbsent: true }), 'exists');
  await rejects(put(bucket, 'file/b', 'x'), 'not-a-directory');
  await rejects(put(bucket, 'file/', ''), 'not-a-directory');
  await rejects(put(bucket, 'dir/', 'content'), 'invalid');
  assert.deepEqual(await keys(bucket), ['a/b', 'file']);
});

test('keys that no path can stand for are refused', async (context) => {
  const { bucket, path } = await openDirectory(context);
  const refused = [
    ...['/', '//', '/a', 'a//b', 'a//', '.', '..', './a', '../a', 'a/../b', 'a/.', 'a/..', 'a/./b'],
    ...['a\0b', '\ud800', 'x'.repeat(256), `a/${'ü'.repeat(128)}`, ''],
    ...['.orrery', '.orrery/', '.orrery/notes.db', '.ORRERY/x', '.orrery/uploads/1'],
  ];
  for (const key of refused) {
    await rejects(put(bucket, key, 'x'), 'invalid');
    await rejects(bucket.copy({ bucket, key: 'none' }, key), 'invalid');
    assert.equal(await bucket.head({ key }), undefined, key);
    assert.equal(await bucket.hasUnder(key.endsWith('/') ? key : `${key}/`), false);
    await bucket.remove({ key });
  }
  // Those who give keys are not told where the bucket's directory is.
  await assert.rejects(put(bucket, '../a', 'x'), { message: 'No file can have this key: ../a' });
  await put(bucket, 'a/.orrery/x', 'deeper it is a name like others');
  await put(bucket, `${'ü'.repeat(127)}`, 'x');
  assert.deepEqual(readdirSync(join(path, '..')), ['bucket']);
});

test('moves keep what is noted, and directories move at once', async (context) => {
  const { bucket } = await openDirectory(context);
  await put(bucket, 'from/deep/a', 'x', { metadata: { m: '1' } });
  await bucket.putTags({ key: 'from/deep/a' }, [{ Key: 'k', Value: 'v' }]);
  await bucket.move?.('from/', 'to/', { replace: false });
  assert.deepEqual(await keys(bucket), ['to/deep/a']);
  await bucket.move?.('to/deep/a', 'b', { replace: false });
  assert.deepEqual(await keys(bucket), ['b']);
  assert.deepEqual((await bucket.head({ key: 'b' }))?.metadata, { m: '1' });
  assert.equal((await bucket.getTags({ key: 'b' })).length, 1);
  await bucket.touch?.('b', 1_500_000_000_000);
  const touched = await bucket.head({ key: 'b' });
  assert.deepEqual([touched?.modifiedAt, touched?.metadata], [1_500_000_000_000, { m: '1' }]);
  await put(bucket, 'c', 'y');
  await assert.rejects(async () => bucket.move?.('c', 'b', { replace: false }), { reason: 'exists' });
  await assert.rejects(async () => bucket.move?.('none', 'd', { replace: false }), { reason: 'not-found' });
  await bucket.move?.('c', 'b', { replace: true });
  assert.equal(await get(bucket, 'b'), 'y');
});

test('a lost notes file costs what was noted and no object', async (context) => {
  const { bucket, path, reopen } = await openDirectory(context);
  await put(bucket, 'a', 'x', { metadata: { m: '1' } });
  renameSync(join(path, '.orrery'), join(path, '..', 'lost'));
  const again = reopen();
  assert.equal(await get(again, 'a'), 'x');
  const info = await again.head({ key: 'a' });
  assert.deepEqual([info?.etag, info?.metadata], [md5('x'), {}]);
});

test('an object is told of once it shows, whole', async (context) => {
  const { bucket, path } = await openDirectory(context);
  const told: unknown[] = [];
  const publish = async (content: string, ifAbsent: boolean) => {
    const writer = await bucket.create('a');
    await writer.write(0, Buffer.from(content));
    const shown = (object: ObjectInfo): void =>
      void told.push([object.etag, readFileSync(join(path, 'a'), 'utf8')]);
    return writer.publish({ ifAbsent, shown });
  };
  await publish('whole', true);
  await rejects(publish('late', true), 'exists');
  await publish('new', false);
  assert.deepEqual(told, [
    [md5('whole'), 'whole'],
    [md5('new'), 'new'],
  ]);
});

test('an upload that is given up at once leaves nothing', async (context) => {
  const { bucket, path } = await openDirectory(context);
  await (await bucket.create('a')).abort();
  assert.deepEqual(readdirSync(join(path, '.orrery/uploads')), []);
});

test('a small file is read whole when it is opened', async (context) => {
  const { bucket, path } = await openDirectory(context);
  await put(bucket, 'a', 'small');
  await (await bucket.open({ key: 'a' })).close();
  const reader = await bucket.open({ key: 'a' });
  assert.equal((await reader.read(1, 100)).toString(), 'mall');
  assert.equal((await reader.read(5, 100)).length, 0);
  appendFileSync(join(path, 'a'), '!');
  assert.equal((await reader.read(0, 100)).toString(), 'small', 'what was read is of one content');
  await reader.close();
});
