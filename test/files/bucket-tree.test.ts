import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DirectoryBucket } from '../../src/files/backends/local/directory-bucket.ts';
import { guardedBucket } from '../../src/files/guarded-bucket.ts';
import { bucketTree } from '../../src/files/trees/bucket-tree.ts';
import type { WrittenFile } from '../../src/files/trees/written-file.ts';
import { fileTreeContract } from '../contracts/file-tree.ts';
import type { OpenedTree } from '../contracts/file-tree-test.ts';
import { MemoryBucket } from '../support/memory-bucket.ts';
import { keys, md5, put, rejects } from '../support/objects.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { mode, names, upload } from '../support/trees.ts';

const NOW = 1_700_000_000_000;

async function openTree(
  newVersionId?: () => string,
): Promise<OpenedTree & { readonly bucket: DirectoryBucket }> {
  const directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'landing');
  await mkdir(path);
  const bucket = new DirectoryBucket({ name: 'landing', region: 'eu-west-1', directory: path, newVersionId });
  const written: WrittenFile[] = [];
  const tree = bucketTree(bucket, {
    metadata: { 'user-agent': 'AWSTransfer', 'user-agent-id': 'alice@s-1' },
    beginWriting: () => async (file) => void written.push(file),
    now: () => NOW,
  });
  return {
    bucket,
    tree,
    written,
    close: async () => {
      bucket.close();
      await directory.remove();
    },
  };
}

const TRAITS = { writesAnywhere: true, hidesOpenFiles: true, setsTimes: true };

fileTreeContract('tree of a directory bucket', TRAITS, () => openTree());
fileTreeContract('tree of a versioned directory bucket', TRAITS, () => openTree(randomUUID));

test('a written object has the metadata of its owner, who hears where it is', async (context) => {
  const { bucket, tree, written, close } = await openTree(randomUUID);
  context.after(close);
  await upload(tree, '/in/a.txt', 'hello');
  const info = await bucket.head({ key: 'in/a.txt' });
  assert.deepEqual(info?.metadata, { 'user-agent': 'AWSTransfer', 'user-agent-id': 'alice@s-1' });
  const location = {
    kind: 'bucket',
    bucket: 'landing',
    key: 'in/a.txt',
    versionId: info?.versionId,
    etag: md5('hello'),
  };
  assert.deepEqual(written, [{ how: 'closed', size: 5, location }]);
});

test('closing fails when the owner of the tree does, and the object is there', async (context) => {
  const { bucket, close } = await openTree();
  context.after(close);
  const tree = bucketTree(bucket, {
    beginWriting: () => () => Promise.reject(new Error('not today')),
    now: () => NOW,
  });
  await assert.rejects(upload(tree, '/a', 'x'), /not today/);
  assert.equal((await bucket.head({ key: 'a' }))?.size, 1);
});

test('reading while writing is refused in the vendor’s words', async (context) => {
  const { tree, close } = await openTree();
  context.after(close);
  await assert.rejects(tree.open('/a', mode('rwct')), {
    reason: 'unsupported',
    message: 'Cannot open file in mode: CREATE|READ|TRUNCATE|WRITE',
  });
});

test('prefixes are directories without anybody having made them', async (context) => {
  const { bucket, tree, close } = await openTree();
  context.after(close);
  await put(bucket, 'a/b/c', 'x');
  assert.equal((await tree.stat('/a/b')).kind, 'directory');
  assert.deepEqual(await names(tree, '/a'), ['b/']);
  await upload(tree, '/x/y/z', 'parents need not exist');
  assert.deepEqual(await names(tree, '/x/y'), ['z']);
  await tree.remove('/x/y/z');
  await rejects(tree.stat('/x'), 'not-found');
});

test('links are unsupported', async (context) => {
  const { tree, close } = await openTree();
  context.after(close);
  await rejects(tree.symlink('/a', '/b'), 'unsupported');
  await rejects(tree.readLink('/a'), 'unsupported');
});

test('what is uploaded while its name or its directory is moved by copying stays', async () => {
  const bucket = new MemoryBucket('landing');
  const tree = bucketTree(bucket, { beginWriting: () => async () => undefined, now: () => NOW });
  for (const name of ['a', 'dir/b', 'dir/c']) bucket.put(name, 'old');
  const uploads = new Map([
    ['x', ['a']],
    ['moved/c', ['dir/b', 'dir/new']],
  ]);
  bucket.after = (_verb, key) => uploads.get(key)?.forEach((name) => void bucket.put(name, 'new'));
  await tree.rename('/a', '/x', { replace: false });
  assert.deepEqual([bucket.text('x'), bucket.text('a')], ['old', 'new']);
  await tree.rename('/dir', '/moved', { replace: false });
  assert.deepEqual(bucket.keys, ['a', 'dir/b', 'dir/new', 'moved/b', 'moved/c', 'x']);
  assert.deepEqual([bucket.text('moved/b'), bucket.text('dir/b')], ['old', 'new']);
});

test('a file that is written again while it is moved by copying is not moved half', async () => {
  const bucket = new MemoryBucket('landing');
  const tree = bucketTree(bucket, { beginWriting: () => async () => undefined, now: () => NOW });
  bucket.put('a', 'old');
  bucket.before = (verb) => {
    if (verb === 'copy') bucket.put('a', 'new');
  };
  await rejects(tree.rename('/a', '/x', { replace: false }), 'changed');
  assert.deepEqual(bucket.keys, ['a']);
});

test('who may not look at objects makes directories and removes files all the same', async () => {
  const bucket = new MemoryBucket('landing');
  const dropBox = guardedBucket(bucket, (action) => action !== 's3:GetObject');
  const tree = bucketTree(dropBox, { now: () => NOW });
  await tree.makeDirectory('/in', {});
  await rejects(tree.makeDirectory('/in', {}), 'exists');
  await rejects(tree.remove('/in'), 'is-a-directory');
  await put(bucket, 'in/a.txt', 'x');
  await rejects(tree.stat('/in/a.txt'), 'denied');
  await tree.remove('/in/a.txt');
  assert.deepEqual(await keys(bucket), ['in/']);
  await tree.removeDirectory('/in');
  assert.deepEqual(await keys(bucket), []);
});
