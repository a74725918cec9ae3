import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { PosixFileSystem } from '../../src/files/backends/posix/posix-file-system.ts';
import type { FileTree } from '../../src/files/file-tree.ts';
import { FilesError } from '../../src/files/files-error.ts';
import { openDirectory } from '../support/directory-bucket.ts';
import { get, put } from '../support/objects.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { download, mode, names, upload } from '../support/trees.ts';

const ROUNDS = 150;

interface Swapping {
  readonly directory: string;
  /** A new one outside unless given. */
  readonly elsewhere?: string | undefined;
}

/** Swaps `directory` with a link to another while `attack` runs, which must leave that alone. */
async function whileSwapping(
  context: TestContext,
  { directory, elsewhere: given }: Swapping,
  attack: () => Promise<void>,
): Promise<void> {
  const outside = await makeTemporaryDirectory(context);
  const elsewhere = given ?? outside.path;
  chmodSync(elsewhere, 0o777);
  writeFileSync(join(elsewhere, 'a'), 'secret');
  const worker = new Worker(new URL('./swap-links.ts', import.meta.url), {
    workerData: { directory, elsewhere },
  });
  await once(worker, 'message');
  try {
    await attack();
  } finally {
    worker.postMessage('stop');
    await once(worker, 'exit');
  }
  assert.deepEqual(readdirSync(elsewhere), ['a']);
  assert.equal(readFileSync(join(elsewhere, 'a'), 'utf8'), 'secret');
}

/** Refusals are fine, and so is success: what must not be is content from outside. */
async function quietly<T>(outcome: Promise<T>): Promise<T | undefined> {
  try {
    return await outcome;
  } catch (error) {
    assert.ok(error instanceof FilesError, String(error));
    return undefined;
  }
}

test('a bucket’s directory that becomes a link leads nowhere', async (context) => {
  const { bucket, path } = await openDirectory(context);
  let done = 0;
  await whileSwapping(context, { directory: join(path, 'x/dir') }, async () => {
    for (let at = 0; at < ROUNDS; at++) {
      const made = await quietly(put(bucket, `x/dir/${at % 7}`, 'ours'));
      if (made !== undefined) done += 1;
      assert.notEqual(await quietly(get(bucket, 'x/dir/a')), 'secret');
      await quietly(bucket.remove({ key: 'x/dir/a' }));
      await quietly(bucket.remove({ key: 'x/real/a' }));
      await quietly(bucket.copy({ bucket, key: `x/dir/${at % 7}` }, 'x/dir/copy'));
      const { objects } = await bucket.list({ prefix: 'x/dir/', limit: 100 });
      assert.ok(!objects.some(({ key, size }) => key.endsWith('/a') && size === 6));
    }
  });
  assert.ok(done > 0, 'some writes went through');
});

async function openFileSystem(context: TestContext) {
  const { path, remove } = await makeTemporaryDirectory();
  const fileSystem = new PosixFileSystem({ id: 'fs-1', directory: path });
  context.after(async () => {
    fileSystem.close();
    await remove();
  });
  return { path, fileSystem };
}

test('a file system’s directory that becomes a link leads nowhere', async (context) => {
  const { path, fileSystem } = await openFileSystem(context);
  mkdirSync(join(path, 'x'));
  const { uid, gid } = statSync(path);
  await attackTree(context, join(path, 'x/dir'), fileSystem.as({ uid, gid, secondaryGids: [] }));
});

test('a directory that is shown alone and becomes a link to another leads nowhere', async (context) => {
  const { path, fileSystem } = await openFileSystem(context);
  mkdirSync(join(path, 'x'));
  mkdirSync(join(path, 'elsewhere'));
  const { uid, gid } = statSync(path);
  const tree = fileSystem.as({ uid, gid, secondaryGids: [], linkless: ['/x'] });
  await attackTree(context, join(path, 'x/dir'), tree, join(path, 'elsewhere'));
});

async function attackTree(
  context: TestContext,
  ...[directory, tree, elsewhere]: [string, FileTree, string?]
): Promise<void> {
  await whileSwapping(context, { directory, elsewhere }, async () => {
    for (let at = 0; at < ROUNDS; at++) {
      await quietly(upload(tree, `/x/dir/${at % 7}`, 'ours'));
      assert.notEqual(await quietly(download(tree, '/x/dir/a')), 'secret');
      await quietly(tree.remove('/x/dir/a'));
      await quietly(tree.setStat('/x/dir/a', { permissions: 0o600, size: 0 }));
      await quietly(tree.rename(`/x/dir/${at % 7}`, '/x/dir/moved', { replace: true }));
      await quietly(tree.makeDirectory('/x/dir/d', {}));
      await quietly(tree.open('/x/dir/a', mode('wct')).then((file) => file.close('closed')));
      await quietly(names(tree, '/x/dir'));
    }
  });
}
