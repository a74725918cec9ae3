import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DirectoryBucket } from '../../src/files/backends/local/directory-bucket.ts';
import { FilesError } from '../../src/files/files-error.ts';
import { bucketTree } from '../../src/files/trees/bucket-tree.ts';
import { mountedTree } from '../../src/files/trees/mounted-tree.ts';
import { createMemoryTree } from '../support/memory-tree.ts';
import { get, keys, put, rejects } from '../support/objects.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { download, mode, names, upload } from '../support/trees.ts';

async function openBuckets(context: TestContext) {
  const directory = await makeTemporaryDirectory();
  const open = async (name: string): Promise<DirectoryBucket> => {
    const path = join(directory.path, name);
    await mkdir(path);
    return new DirectoryBucket({ name, region: 'eu-west-1', directory: path });
  };
  const [landing, archive] = [await open('landing'), await open('archive')];
  context.after(async () => {
    landing.close();
    archive.close();
    await directory.remove();
  });
  const now = () => 0;
  return { landing, archive, trees: [bucketTree(landing, { now }), bucketTree(archive, { now })] as const };
}

test('buckets are seen by their names', async (context) => {
  const { landing, archive, trees } = await openBuckets(context);
  const kind = 'DIRECTORY';
  const tree = mountedTree(
    [
      { path: '/landing', tree: trees[0], root: '/', kind },
      { path: '/archive', tree: trees[1], root: '/', kind },
    ],
    { links: false },
  );
  assert.deepEqual(await names(tree, '/'), ['archive/', 'landing/']);
  await upload(tree, '/landing/in/a', 'x');
  assert.equal(await get(landing, 'in/a'), 'x');
  assert.equal(await download(tree, '/archive/../landing/in/a'), 'x');
  assert.equal((await tree.stat('/landing')).kind, 'directory');
  await rejects(tree.stat('/other'), 'not-found');
  await rejects(upload(tree, '/other/a', 'x'), 'not-found');
  await rejects(tree.rename('/landing/in/a', '/archive/a', { replace: false }), 'unsupported');
  await tree.rename('/landing/in/a', '/landing/b', { replace: false });
  assert.deepEqual(await keys(landing), ['b']);
  assert.deepEqual(await keys(archive), []);
});

test('the layout itself is listed and not changed', async (context) => {
  const { landing, trees } = await openBuckets(context);
  const tree = mountedTree(
    [
      { path: '/home/in', tree: trees[0], root: '/alice/in', kind: 'DIRECTORY' },
      { path: '/home/shared/archive', tree: trees[1], root: '/2026', kind: 'DIRECTORY' },
    ],
    { links: false },
  );
  assert.deepEqual(await names(tree, '/'), ['home/']);
  assert.deepEqual(await names(tree, '/home'), ['in/', 'shared/']);
  assert.deepEqual(await names(tree, '/home/in'), [], 'what is mounted need not have anything in it');
  assert.equal((await tree.stat('/home/in')).kind, 'directory');
  assert.equal((await tree.stat('/home')).kind, 'directory');
  for (const path of ['/a', '/home/a', '/home/shared/a']) {
    await rejects(upload(tree, path, 'x'), 'not-found');
    await rejects(tree.makeDirectory(path, {}), 'not-found');
  }
  for (const path of ['/', '/home', '/home/in', '/home/shared']) {
    await rejects(tree.makeDirectory(path, {}), 'exists');
    await rejects(tree.removeDirectory(path), 'denied');
    await rejects(tree.rename(path, '/home/in/x', { replace: true }), 'denied');
  }
  await rejects(tree.open('/home', mode('r')), 'is-a-directory');
  await rejects(tree.remove('/home/shared'), 'is-a-directory');
  await upload(tree, '/home/in/a', 'x');
  assert.deepEqual(await keys(landing), ['alice/in/a']);
  await rejects(tree.rename('/home/in/a', '/home/a', { replace: true }), 'not-found');
  await rejects(tree.rename('/home/in/a', '/home/shared/archive/a', { replace: true }), 'unsupported');
});

test('a home cannot be left', async (context) => {
  const { landing, trees } = await openBuckets(context);
  await put(landing, 'alice/own', 'alice’s');
  await put(landing, 'bob/secret', 'bob’s');
  const tree = mountedTree([{ path: '/', tree: trees[0], root: '/alice', kind: 'DIRECTORY' }], {
    links: false,
  });
  assert.deepEqual(await names(tree, '/'), ['own']);
  for (const path of ['/../bob/secret', '/../../bob/secret', '/own/../../bob/secret', '/./../bob/secret']) {
    await rejects(tree.open(path, mode('r')), 'not-found');
    await rejects(tree.stat(path), 'not-found');
    await rejects(
      tree.rename('/own', path, { replace: true }).then(() => tree.stat('/none')),
      'not-found',
    );
    assert.equal(await get(landing, 'bob/secret'), 'bob’s');
    await tree.rename(path, '/own', { replace: true });
  }
});

test('a file is mounted as a file', async (context) => {
  const { landing, trees } = await openBuckets(context);
  const mounts = [
    { path: '/report.csv', tree: trees[0], root: '/reports/2026.csv', kind: 'FILE' as const },
    { path: '/in', tree: trees[0], root: '/in', kind: 'DIRECTORY' as const },
  ];
  const tree = mountedTree(mounts, { links: false });
  assert.deepEqual(await names(tree, '/'), ['in/'], 'it does not show before it is there');
  await rejects(tree.stat('/report.csv'), 'not-found');
  await upload(tree, '/report.csv', 'a;b');
  assert.deepEqual(await keys(landing), ['reports/2026.csv']);
  assert.deepEqual(await names(tree, '/'), ['in/', 'report.csv']);
  assert.equal((await tree.stat('/report.csv')).size, 3);
  await rejects(tree.stat('/report.csv/x'), 'not-a-directory');
  await rejects(names(tree, '/report.csv'), 'not-a-directory');
  await tree.remove('/report.csv');
  assert.deepEqual(await keys(landing), []);
});

test('what cannot be looked at keeps nobody from seeing the others', async (context) => {
  const { landing, trees } = await openBuckets(context);
  await put(landing, 'alice/own', 'x');
  const locked = createMemoryTree();
  locked.before = () => Promise.reject(new FilesError('denied', 'Access denied'));
  const tree = mountedTree(
    [
      { path: '/own', tree: trees[0], root: '/alice', kind: 'DIRECTORY' },
      { path: '/locked', tree: locked, root: '/bob', kind: 'DIRECTORY' },
      { path: '/locked.csv', tree: locked, root: '/bob.csv', kind: 'FILE' },
    ],
    { links: false },
  );
  assert.deepEqual(await names(tree, '/'), ['locked/', 'own/']);
  await rejects(tree.stat('/locked'), 'denied');
  await rejects(tree.stat('/locked.csv'), 'denied');
});

test('mounts are looked at side by side, so many at a time, and listed in their order', async () => {
  const slow = createMemoryTree();
  let [underWay, most] = [0, 0];
  slow.before = async () => {
    most = Math.max(most, ++underWay);
    await nextTurn();
    underWay--;
  };
  const mounts = Array.from({ length: 1200 }, (_, index) => {
    const path = `/m${index}`;
    if (index !== 7) slow.put(path, Buffer.alloc(index));
    return { path, tree: slow, root: path, kind: 'FILE' } as const;
  });
  const sizes: number[] = [];
  const pages: number[] = [];
  for await (const page of mountedTree(mounts, { links: false }).list('/')) {
    pages.push(page.length);
    sizes.push(...page.map(({ stat }) => stat.size));
  }
  assert.deepEqual(sizes, Array.from({ length: 1200 }, (_, index) => index).toSpliced(7, 1));
  assert.equal(pages.length, 3);
  assert.equal(most, 32);
});

test('a mount within a mount hides what it covers', async (context) => {
  const { landing, archive, trees } = await openBuckets(context);
  await put(landing, 'a/covered', 'x');
  await put(landing, 'b', 'x');
  await put(archive, 'seen', 'x');
  const kind = 'DIRECTORY';
  const tree = mountedTree(
    [
      { path: '/', tree: trees[0], root: '/', kind },
      { path: '/a', tree: trees[1], root: '/', kind },
    ],
    { links: false },
  );
  assert.deepEqual(await names(tree, '/'), ['a/', 'b']);
  assert.deepEqual(await names(tree, '/a'), ['seen']);
});
