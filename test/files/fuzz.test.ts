import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { PosixFileSystem } from '../../src/files/backends/posix/posix-file-system.ts';
import type { FileTree } from '../../src/files/file-tree.ts';
import { FilesError } from '../../src/files/files-error.ts';
import { bucketTree } from '../../src/files/trees/bucket-tree.ts';
import { compareUtf8 } from '../../src/files/utf8-order.ts';
import { openDirectory } from '../support/directory-bucket.ts';
import { get, keys, put } from '../support/objects.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { mode, names } from '../support/trees.ts';

const part = fc.oneof(
  fc.constantFrom(
    '',
    '.',
    '..',
    '...',
    '.orrery',
    '.ORRERY',
    'notes.db',
    'uploads',
    'a',
    'b',
    'c',
    'A',
    '-',
    '~',
  ),
  fc.constantFrom(
    'x'.repeat(255),
    'x'.repeat(256),
    '\0',
    '\ud800',
    '\n',
    '\\',
    '%2e%2e',
    '😀',
    '\uffff',
    'proc',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const key = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));

/** Undefined when it is refused; anything but a refusal of ours is a fault. */
async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    assert.ok(error instanceof FilesError, String(error));
    return undefined;
  }
}

test('whatever the keys, a bucket does what a map of keys does, and nothing outside', async (context) => {
  const { bucket, path } = await openDirectory(context);
  const model = new Map<string, string>();
  const step = fc.tuple(fc.constantFrom('put', 'put', 'put', 'remove', 'copy'), key, key);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      for (const [verb, one, other] of steps) {
        if (verb === 'remove') {
          await bucket.remove({ key: one });
          model.delete(one);
          continue;
        }
        const content = one.endsWith('/') ? '' : `content of ${one}`;
        const made =
          verb === 'put'
            ? await attempt(() => put(bucket, one, content))
            : await attempt(() => bucket.copy({ bucket, key: other }, one));
        if (made !== undefined) model.set(one, verb === 'put' ? content : (model.get(other) ?? 'unknown'));
      }
      assert.deepEqual(await keys(bucket, { limit: 7 }), [...model.keys()].sort(compareUtf8));
      for (const [each, content] of model) assert.equal(await get(bucket, each), content);
      assert.deepEqual(readdirSync(join(path, '..')), ['bucket']);
      for (const each of model.keys()) await bucket.remove({ key: each });
      model.clear();
      assert.deepEqual(readdirSync(path), ['.orrery']);
    }),
    { numRuns: 60 },
  );
});

async function roam(tree: FileTree, [verb, one, other]: readonly [string, string, string]): Promise<void> {
  const write = async (letters: string): Promise<void> => {
    const file = await tree.open(one, mode(letters));
    await file.write(0, Buffer.from('x'));
    await file.close('closed');
  };
  const verbs: Readonly<Record<string, () => Promise<unknown>>> = {
    write: () => write('wct'),
    exclusive: () => write('wce'),
    makeDirectory: () => tree.makeDirectory(one, {}),
    symlink: () => tree.symlink(other, one),
    rename: () => tree.rename(one, other, { replace: true }),
    remove: () => tree.remove(one),
    removeDirectory: () => tree.removeDirectory(one),
    setStat: () => tree.setStat(one, { permissions: 0o777, modifiedAt: 1_000_000_000 }),
    list: () => names(tree, one),
    readLink: () => tree.readLink(one),
  };
  await attempt(async () => verbs[verb]?.());
  const path = await attempt(() => tree.realPath(one));
  if (path !== undefined) assert.ok(path.startsWith('/') && !path.split('/').includes('..'), path);
}

const verb = fc.constantFrom(
  ...['write', 'exclusive', 'makeDirectory', 'symlink', 'symlink', 'rename', 'remove', 'removeDirectory'],
  ...['setStat', 'list', 'readLink'],
);
const steps = fc.array(fc.tuple(verb, key, key), { maxLength: 25 });

/** What lies beside the root, and when it was changed: nothing may change there. */
const surroundings = (path: string): readonly unknown[] => {
  const above = join(path, '..');
  return [...readdirSync(above), statSync(above).mtimeMs, statSync(above).mode];
};

test('whatever the paths and links, a file system stays within its root', async (context) => {
  const { path: above, remove } = await makeTemporaryDirectory();
  const path = join(above, 'efs');
  mkdirSync(path);
  const before = surroundings(path);
  const fileSystem = new PosixFileSystem({ id: 'fs-1', directory: path });
  context.after(async () => {
    fileSystem.close();
    await remove();
  });
  const { uid, gid } = statSync(path);
  const tree = fileSystem.as({ uid, gid, secondaryGids: [] });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      for (const each of all) await roam(tree, each);
      assert.deepEqual(surroundings(path), before);
      assert.ok(!(await names(tree, '/')).some((name) => /^\.orrery/i.test(name)));
      assert.deepEqual(
        readdirSync(join(path, '.orrery')).filter((name) => !/^notes\.db|^uploads$/.test(name)),
        [],
      );
    }),
    { numRuns: 80 },
  );
});

test('whatever the paths, a bucket’s tree stays within it', async (context) => {
  const { bucket, path } = await openDirectory(context);
  const before = surroundings(path);
  const tree = bucketTree(bucket, { now: () => 0 });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      for (const each of all) await roam(tree, each);
      assert.deepEqual(surroundings(path), before);
      assert.ok(!(await names(tree, '/')).some((name) => /^\.orrery/i.test(name)));
    }),
    { numRuns: 60 },
  );
});
