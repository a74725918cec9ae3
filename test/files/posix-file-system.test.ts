import assert from 'node:assert/strict';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { PosixFileSystem } from '../../src/files/backends/posix/posix-file-system.ts';
import type { PosixUser } from '../../src/files/file-system.ts';
import type { OpenFile } from '../../src/files/file-tree.ts';
import type { WrittenFile } from '../../src/files/trees/written-file.ts';
import { fileSystemContract, other, putFile } from '../contracts/file-system.ts';
import { fileTreeContract } from '../contracts/file-tree.ts';
import { rejects } from '../support/objects.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { download, mode, names, upload } from '../support/trees.ts';

const isRoot = process.getuid?.() === 0;

async function openFileSystem(givesFiles = isRoot) {
  const directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'efs');
  mkdirSync(path);
  if (isRoot) chownSync(path, 1000, 1000);
  const { uid, gid } = statSync(path);
  const owner: PosixUser = { uid, gid, secondaryGids: [] };
  const fileSystem = new PosixFileSystem({ id: 'fs-0123456789abcdef0', directory: path, givesFiles });
  return {
    path,
    owner,
    fileSystem,
    close: async () => {
      fileSystem.close();
      await directory.remove();
    },
  };
}

async function openTree(givesFiles = isRoot) {
  const opened = await openFileSystem(givesFiles);
  const written: WrittenFile[] = [];
  const tree = opened.fileSystem.as(opened.owner, () => async (file) => void written.push(file));
  return { ...opened, tree, written };
}

const HELLO_MD5 = '5d41402abc4b2a76b9719d911017c592';
const TRAITS = { writesAnywhere: true, hidesOpenFiles: false, setsTimes: true };

fileTreeContract('tree of a file system', TRAITS, () => openTree());
// Without being root the bits of files still bind this process itself.
if (isRoot) fileSystemContract('file system with real owners', () => openFileSystem(true));
if (isRoot) fileSystemContract('file system with noted owners', () => openFileSystem(false));
if (isRoot) fileTreeContract('tree of a file system with noted owners', TRAITS, () => openTree(false));

const opened = async <T extends { readonly close: () => Promise<void> }>(
  context: TestContext,
  open: Promise<T>,
): Promise<T> => {
  const found = await open;
  context.after(found.close);
  return found;
};

test('what was written so far is made durable when a client asks', async (context) => {
  const { tree, path } = await opened(context, openTree());
  const file = await tree.open('/a', mode('wc'));
  await file.write(0, Buffer.from('hello'));
  assert.ok(file.sync);
  await file.sync();
  assert.equal(readFileSync(join(path, 'a'), 'utf8'), 'hello');
  await file.close('broken');
});

test('a written file is told by its path', async (context) => {
  const { tree, written } = await opened(context, openTree());
  await tree.makeDirectory('/in', {});
  await upload(tree, '/in/../in/a', 'hello');
  assert.deepEqual(written, [
    {
      how: 'closed',
      size: 5,
      checksum: HELLO_MD5,
      location: { kind: 'file-system', fileSystemId: 'fs-0123456789abcdef0', path: '/in/a' },
    },
  ]);
});

test('a file that was renamed before it is closed is told by the path that it has then', async (context) => {
  const { tree, written, path } = await opened(context, openTree());
  const told = async (change: () => unknown, from = '/d/a'): Promise<string | undefined> => {
    const file = await tree.open(from, mode('wct'));
    await file.write(0, Buffer.from('hello'));
    await change();
    await file.close('closed');
    const location = written.pop()?.location;
    return location?.kind === 'file-system' ? location.path : undefined;
  };
  await tree.makeDirectory('/d', {});
  await tree.symlink('/d', '/link');
  assert.equal(await told(() => tree.rename('/d/a', '/b', { replace: true })), '/b');
  assert.equal(await told(() => tree.rename('/d', '/e', { replace: true })), '/e/a');
  const byAnother = (from: string, to: string): void => renameSync(join(path, from), join(path, to));
  assert.equal(await told(() => byAnother('e', 'd'), '/e/a'), '/d/a');
  assert.equal(await told(() => byAnother('d/a', 'd/c')), '/d/c');
  assert.equal(await told(() => undefined, '/link/a'), '/link/a');
  assert.equal(await told(() => tree.rename('/link/a', '/link/b', { replace: true }), '/link/a'), '/d/b');
  assert.equal(await told(() => tree.remove('/d/a')), '/d/a');
  assert.equal(
    await told(() => upload(tree, '/b', 'other').then(() => tree.rename('/b', '/d/a', { replace: true }))),
    '/d/a',
  );
  assert.equal(await told(() => byAnother('d/a', '../outside')), '/d/a');
});

test('a checksum is told of what was written from its start to its end', async (context) => {
  const { tree, written } = await opened(context, openTree());
  const write = async (flags: string, work: (file: OpenFile) => Promise<unknown>): Promise<void> => {
    const file = await tree.open('/a', mode(flags));
    await work(file);
    await file.close('closed');
  };
  const hello = Buffer.from('hello');
  await write('wct', async (file) => {
    await file.write(0, hello.subarray(0, 2));
    await file.write(2, hello.subarray(2));
  });
  await write('wct', async (file) => {
    await file.write(2, hello.subarray(2));
    await file.write(0, hello.subarray(0, 2));
  });
  await write('wa', async (file) => file.write(0, hello));
  await write('w', async (file) => file.write(0, hello));
  await write('wct', async (file) => {
    await file.write(0, hello);
    await file.setStat({ size: 2 });
    await file.setStat({ size: 5 });
  });
  const told = written.map(({ size, checksum }) => [size, checksum]);
  assert.deepEqual(told, [
    [5, HELLO_MD5],
    [5, undefined],
    [10, undefined],
    [10, undefined],
    [5, undefined],
  ]);
});

test('what several append at the same time is all there', async (context) => {
  const { tree, path, written } = await opened(context, openTree());
  const files = [await tree.open('/a', mode('wac')), await tree.open('/a', mode('wac'))];
  for (const [at, file] of files.entries()) await file.write(0, Buffer.from(`first of ${at}, `));
  for (const [at, file] of files.entries()) await file.write(0, Buffer.from(`last of ${at}, `));
  for (const file of files) await file.close('closed');
  assert.equal(readFileSync(join(path, 'a'), 'utf8'), 'first of 0, first of 1, last of 0, last of 1, ');
  assert.deepEqual(
    written.map(({ size, checksum }) => [size, checksum]),
    Array(2).fill([46, undefined]),
  );
});

test('a write that was answered is there for all who look', async (context) => {
  const { tree } = await opened(context, openTree());
  const file = await tree.open('/a', mode('wct'));
  const reader = await tree.open('/a', mode('r'));
  await file.write(0, Buffer.from('hello'));
  assert.equal((await tree.stat('/a')).size, 5);
  assert.equal((await reader.stat()).size, 5);
  await file.write(5, Buffer.from('!'));
  assert.equal(Buffer.from(await reader.read(0, 10)).toString(), 'hello!');
  await reader.close('closed');
  await file.write(6, Buffer.from('!'));
  assert.equal(await download(tree, '/a'), 'hello!!');
  await file.close('closed');
});

test('the last of several writes to one place counts, whoever closes first', async (context) => {
  const { tree, path, written } = await opened(context, openTree());
  const first = await tree.open('/a', mode('wct'));
  await first.write(0, Buffer.from('first'));
  const second = await tree.open('/a', mode('w'));
  await second.write(0, Buffer.from('again'));
  await first.write(0, Buffer.from('f'));
  await second.close('closed');
  await first.close('closed');
  assert.equal(readFileSync(join(path, 'a'), 'utf8'), 'fgain');
  assert.deepEqual(
    written.map(({ checksum }) => checksum),
    [undefined, undefined],
  );
});

test('a file that is cut or dated while it is open stays so', async (context) => {
  const { tree, path, written } = await opened(context, openTree());
  const file = await tree.open('/a', mode('wct'));
  await file.write(0, Buffer.from('hello, world'));
  await tree.setStat('/a', { size: 5, modifiedAt: 1_000_000, accessedAt: 1_000_000 });
  await file.close('closed');
  const { size, mtimeMs } = statSync(join(path, 'a'));
  assert.deepEqual([size, mtimeMs], [5, 1_000_000]);
  assert.deepEqual([written[0]?.size, written[0]?.checksum], [5, undefined]);
});

test('a file gets no gaps that its disk could not hold, by writes or by its size', async (context) => {
  const { tree, path } = await opened(context, openTree());
  const { bavail, bsize } = statfsSync(path);
  const room = bavail * bsize;
  const far = 2 * room;
  const file = await tree.open('/a', mode('wct'));
  assert.throws(() => file.write(far, Buffer.from('x')), { reason: 'no-space' });
  await assert.rejects(file.setStat({ size: far }), { reason: 'no-space' });
  await assert.rejects(
    async () => {
      for (let part = 1; part <= 10; part++)
        await file.write(Math.floor((part * room) / 8), Buffer.from('x'));
    },
    { reason: 'no-space' },
  );
  await file.setStat({ size: 5 });
  await file.write(1_000_000, Buffer.from('x'));
  await file.close('closed');
  await assert.rejects(tree.setStat('/a', { size: far }), { reason: 'no-space' });
  assert.equal(statSync(join(path, 'a')).size, 1_000_001);
  await tree.setStat('/a', { size: Math.floor(room / 2) });
  const most = Math.floor(room * 1.25);
  await assert.rejects(tree.setStat('/a', { size: most }), { reason: 'no-space' });
  const again = await tree.open('/a', mode('w'));
  assert.throws(() => again.write(most, Buffer.from('x')), { reason: 'no-space' });
  await again.close('closed');
});

test('the copy of a file with holes has them too', async (context) => {
  const { tree, path, fileSystem, owner } = await opened(context, openTree());
  const file = await tree.open('/a', mode('wct'));
  await file.write(40_000_000, Buffer.from('end'));
  await file.setStat({ size: 60_000_000 });
  await file.close('closed');
  await fileSystem.copy('/a', '/b', owner);
  const [source, copy] = ['a', 'b'].map((name) => readFileSync(join(path, name)));
  assert.ok(copy?.equals(source as Buffer));
  assert.ok(statSync(join(path, 'b')).blocks * 512 < 10_000_000);
});

test('our own folder is not there for anybody', async (context) => {
  const { tree, fileSystem, owner } = await opened(context, openTree());
  const root = fileSystem.as(other(0));
  assert.deepEqual(await names(root, '/'), []);
  await root.symlink('/.orrery', '/way');
  for (const each of [tree, root]) {
    for (const path of [
      '/.orrery',
      '/.orrery/notes.db',
      '/.ORRERY/x',
      '/way/notes.db',
      '/x/../.orrery/uploads',
    ]) {
      await rejects(each.stat(path), 'not-found');
      await rejects(each.open(path, mode('wct')), 'not-found');
      await rejects(each.makeDirectory(path, {}), 'not-found');
      await rejects(each.remove(path), 'not-found');
    }
  }
  await rejects(putFile(fileSystem, '/.orrery/x', { content: 'x', user: owner }), 'not-found');
  await upload(tree, '/a', 'x');
  await rejects(tree.rename('/a', '/.orrery/notes.db', { replace: true }), 'not-found');
});

test('links that lie there already lead nowhere outside', async (context) => {
  const { path, tree } = await opened(context, openTree());
  writeFileSync(join(path, '..', 'secret'), 'secret');
  symlinkSync('../secret', join(path, 'up'));
  symlinkSync(join(path, '..'), join(path, 'above'));
  await rejects(tree.open('/up', mode('r')), 'not-found');
  await rejects(tree.open('/above/secret', mode('r')), 'not-found');
  await rejects(upload(tree, '/above/new', 'x'), 'not-found');
  // A link that leads nowhere is followed to what it names beneath the root.
  await upload(tree, '/up', 'inside');
  assert.equal(await download(tree, '/secret'), 'inside');
  assert.equal(existsSync(join(path, '..', 'new')), false);
});

test('a directory hands its group on when it is set-gid', async (context) => {
  const { path, fileSystem, owner } = await opened(context, openTree());
  if (!isRoot) return context.skip('only root gives directories away');
  mkdirSync(join(path, 'shared'));
  chownSync(join(path, 'shared'), owner.uid, 7007);
  const tree = fileSystem.as(other(0));
  await tree.setStat('/shared', { permissions: 0o2775 });
  await fileSystem.as(owner).makeDirectory('/shared/in', {});
  await upload(fileSystem.as(owner), '/shared/in/a', 'x');
  assert.equal((await tree.stat('/shared/in/a')).gid, 7007);
  assert.equal((await tree.stat('/shared/in')).permissions, 0o2755);
});

test('what is no ordinary file is not opened', async (context) => {
  const { path, tree } = await opened(context, openTree());
  const { execFileSync } = await import('node:child_process');
  execFileSync('mkfifo', [join(path, 'pipe')]);
  await rejects(tree.open('/pipe', mode('r')), 'unsupported');
  await rejects(tree.open('/pipe', mode('wct')), 'unsupported');
  assert.deepEqual(readdirSync(path).sort(), ['.orrery', 'pipe']);
});

test('reading and writing through one handle see each other', async (context) => {
  const { tree } = await opened(context, openTree());
  const file = await tree.open('/a', mode('rwct'));
  await file.write(0, Buffer.from('hello world'));
  assert.equal(Buffer.from(await file.read(6, 100)).toString(), 'world');
  await file.setStat({ size: 5 });
  assert.equal((await file.stat()).size, 5);
  await file.write(5, Buffer.from('!'));
  await file.close('closed');
  assert.equal(await download(tree, '/a'), 'hello!');
});

test('who is shown a directory of it is led out of that by no link', async (context) => {
  const { path, fileSystem, owner, tree } = await opened(context, openTree());
  for (const each of ['jail', 'jail/d', 'other']) await tree.makeDirectory(`/${each}`, {});
  await upload(tree, '/secret', 'secret');
  await upload(tree, '/jail/a', 'mine');
  const links = { up: '../secret', top: '/secret', above: '..', side: '/other', within: 'a', gone: '../new' };
  for (const [name, target] of Object.entries(links)) await tree.symlink(target, `/jail/${name}`);
  await tree.symlink('/jail', '/way');
  for (const root of ['/jail', '/way']) {
    const shown = fileSystem.as({ ...owner, linkless: [root] });
    assert.equal(await download(shown, `${root}/a`), 'mine', 'links above are not the user’s');
    for (const name of ['up', 'top', 'within', 'gone', 'above/secret', 'side/new']) {
      const inside = `${root}/${name}`;
      await rejects(shown.open(inside, mode('r')), 'unsupported');
      await rejects(shown.open(inside, mode('wct')), 'unsupported');
      await rejects(shown.stat(inside), 'unsupported');
      await rejects(shown.setStat(inside, { size: 0 }), 'unsupported');
    }
    await rejects(names(shown, `${root}/above`), 'unsupported');
    await rejects(shown.makeDirectory(`${root}/above/made`, {}), 'unsupported');
    await rejects(shown.remove(`${root}/above/secret`), 'unsupported');
    await rejects(shown.rename(`${root}/a`, `${root}/above/moved`, { replace: true }), 'unsupported');
    await rejects(shown.rename(`${root}/above/secret`, `${root}/taken`, { replace: true }), 'unsupported');
    assert.equal((await shown.lstat(`${root}/up`)).kind, 'link');
  }
  assert.deepEqual(readdirSync(path).sort(), ['.orrery', 'jail', 'other', 'secret', 'way']);
  const shown = fileSystem.as({ ...owner, linkless: ['/jail'] });
  await shown.remove('/jail/up');
  await upload(shown, '/jail/d/b', 'new');
  assert.equal(await download(tree, '/secret'), 'secret');
});
