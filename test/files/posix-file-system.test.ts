import assert from 'node:assert/strict';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileSystemContract, other, putFile } from '../contracts/file-system.ts';
import { fileTreeContract } from '../contracts/file-tree.ts';
import { rejects } from '../support/objects.ts';
import { download, mode, names, upload } from '../support/trees.ts';
import { isRoot, opened, openFileSystem, openTree } from './open-posix.ts';

const HELLO_MD5 = '5d41402abc4b2a76b9719d911017c592';
const TRAITS = { writesAnywhere: true, hidesOpenFiles: false, setsTimes: true };

fileTreeContract('tree of a file system', TRAITS, () => openTree());
// Without being root the bits of files still bind this process itself.
if (isRoot) fileSystemContract('file system with real owners', () => openFileSystem(true));
if (isRoot) fileSystemContract('file system with noted owners', () => openFileSystem(false));
if (isRoot) fileTreeContract('tree of a file system with noted owners', TRAITS, () => openTree(false));

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
