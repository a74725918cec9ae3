import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileSystem, PosixUser, PublishFileOptions } from '../../src/files/file-system.ts';
import type { FileStat } from '../../src/files/file-tree.ts';
import { rejects } from '../support/objects.ts';
import { download, mode, names, upload } from '../support/trees.ts';
import { pattern } from './bucket-writing.ts';

export interface OpenedFileSystem {
  readonly fileSystem: FileSystem;
  /** Owns the root. */
  readonly owner: PosixUser;
  readonly close: () => Promise<void>;
}

export const other = (uid: number, ...secondaryGids: number[]): PosixUser => ({
  uid,
  gid: uid,
  secondaryGids,
});

interface Putting extends PublishFileOptions {
  readonly user: PosixUser;
}

export async function putFile(
  fileSystem: FileSystem,
  path: string,
  { content, user, ...options }: Putting & { readonly content: string | Uint8Array },
): Promise<FileStat> {
  const writer = await fileSystem.create(path, user);
  await writer.write(0, Buffer.from(content));
  return writer.publish(options);
}

/** What every file system does. */
export function fileSystemContract(backend: string, open: () => Promise<OpenedFileSystem>): void {
  const systemTest = (name: string, body: (opened: OpenedFileSystem) => Promise<void>): void => {
    test(`${backend}: ${name}`, async () => {
      const opened = await open();
      try {
        await body(opened);
      } finally {
        await opened.close();
      }
    });
  };
  publishingContract(systemTest);
  permissionContract(systemTest);
  linkContract(systemTest);
}

type SystemTest = (name: string, body: (opened: OpenedFileSystem) => Promise<void>) => void;

function publishingContract(systemTest: SystemTest): void {
  systemTest(
    'a file shows when it is published, with the directories above',
    async ({ fileSystem, owner }) => {
      const tree = fileSystem.as(owner);
      const content = pattern(3_000_001);
      const writer = await fileSystem.create('/a/b/c', owner);
      const memory = Buffer.alloc(2_000_000);
      for (const at of [0, 2_000_000]) {
        const piece = memory.subarray(0, content.copy(memory, 0, at));
        await writer.write(at, piece);
        memory.fill(0);
      }
      assert.deepEqual(await names(tree, '/'), []);
      const stat = await writer.publish();
      assert.deepEqual(
        [stat.kind, stat.size, stat.uid, stat.gid],
        ['file', content.length, owner.uid, owner.gid],
      );
      assert.deepEqual(await tree.stat('/a/b/c'), stat);
      assert.equal((await tree.stat('/a')).uid, owner.uid);
      const reader = await fileSystem.open('/a/b/c', owner);
      assert.deepEqual(Buffer.from(await reader.read(0, 5_000_000)), content);
      assert.equal((await reader.read(3_000_001, 1)).length, 0);
      await reader.close();
    },
  );

  systemTest(
    'of many exclusive publications one wins, and marks tell whose it is',
    async ({ fileSystem, owner }) => {
      const put = (at: number, mark = `m${at}`) =>
        putFile(fileSystem, '/dir/one', { content: `writer ${at}`, user: owner, ifAbsent: true, mark });
      const outcomes = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((at) => put(at)));
      const winners = outcomes.flatMap(({ status }, at) => (status === 'fulfilled' ? [at] : []));
      assert.equal(winners.length, 1);
      const [winner = -1] = winners;
      const tree = fileSystem.as(owner);
      assert.equal(await download(tree, '/dir/one'), `writer ${winner}`);
      assert.equal((await put(winner)).size, 8);
      await rejects(put(9), 'exists');
      await upload(tree, '/dir/one', 'changed');
      await rejects(put(winner), 'exists');
      assert.deepEqual(await names(tree, '/dir'), ['one']);
    },
  );

  systemTest('who published a file is told by its mark, as long as it is that file', async (opened) => {
    const { fileSystem, owner } = opened;
    const tree = fileSystem.as(owner);
    assert.equal(await fileSystem.published('/dir/b', 'm1', owner), undefined);
    await putFile(fileSystem, '/a', { content: 'hello', user: owner });
    for (const ifAbsent of [true, false]) {
      const stat = await fileSystem.copy('/a', '/dir/b', owner, { mark: 'm1', ifAbsent });
      assert.deepEqual(await fileSystem.published('/dir/b', 'm1', owner), stat);
    }
    assert.equal(await fileSystem.published('/dir/b', 'm2', owner), undefined);
    assert.equal(await fileSystem.published('/dir', 'm1', owner), undefined);
    assert.equal(await fileSystem.published('/a', 'm1', owner), undefined);
    await upload(tree, '/dir/b', 'changed');
    assert.equal(await fileSystem.published('/dir/b', 'm1', owner), undefined);
  });

  systemTest('an aborted file leaves nothing', async ({ fileSystem, owner }) => {
    const writer = await fileSystem.create('/dir/a', owner);
    await writer.write(0, pattern(200_000));
    await writer.abort();
    assert.deepEqual(await names(fileSystem.as(owner), '/'), []);
  });

  systemTest('files are copied and removed', async ({ fileSystem, owner }) => {
    const tree = fileSystem.as(owner);
    await putFile(fileSystem, '/a', { content: 'hello', user: owner });
    await fileSystem.copy('/a', '/dir/b', owner);
    assert.equal(await download(tree, '/dir/b'), 'hello');
    await rejects(fileSystem.copy('/a', '/dir/b', owner, { ifAbsent: true, mark: 'm' }), 'exists');
    await fileSystem.copy('/a', '/dir/c', owner, { ifAbsent: true, mark: 'm' });
    await fileSystem.copy('/a', '/dir/c', owner, { ifAbsent: true, mark: 'm' });
    await rejects(fileSystem.copy('/none', '/x', owner), 'not-found');
    await rejects(fileSystem.copy('/a', '/dir', owner), 'is-a-directory');
    await rejects(fileSystem.copy('/dir', '/x', owner), 'is-a-directory');
    await fileSystem.remove('/a', owner);
    await rejects(fileSystem.remove('/a', owner), 'not-found');
    await rejects(fileSystem.open('/a', owner), 'not-found');
    assert.deepEqual(await names(tree, '/'), ['dir/']);
  });
}

function permissionContract(systemTest: SystemTest): void {
  systemTest('owner, group and others have the rights of their bits', async ({ fileSystem, owner }) => {
    const tree = fileSystem.as(owner);
    await tree.makeDirectory('/dir', { permissions: 0o755 });
    await upload(tree, '/dir/a', 'x');
    const friend = fileSystem.as(other(7001, owner.gid));
    const stranger = fileSystem.as(other(7002));
    await tree.setStat('/dir/a', { permissions: 0o640 });
    assert.equal((await tree.stat('/dir/a')).permissions, 0o640);
    assert.equal(await download(friend, '/dir/a'), 'x');
    await rejects(stranger.open('/dir/a', mode('r')), 'denied');
    await rejects(friend.open('/dir/a', mode('w')), 'denied');
    assert.equal((await stranger.stat('/dir/a')).size, 1, 'what is in a directory is no secret of the file');
    await tree.setStat('/dir', { permissions: 0o750 });
    await rejects(stranger.stat('/dir/a'), 'denied');
    await rejects(names(stranger, '/dir'), 'denied');
    assert.deepEqual(await names(friend, '/dir'), ['a']);
    await rejects(upload(friend, '/dir/b', 'x'), 'denied');
    await rejects(friend.makeDirectory('/dir/d', {}), 'denied');
    await rejects(friend.remove('/dir/a'), 'denied');
    await rejects(friend.rename('/dir/a', '/dir/b', { replace: false }), 'denied');
    await rejects(friend.symlink('a', '/dir/l'), 'denied');
    await rejects(putFile(fileSystem, '/dir/p', { content: 'x', user: other(7001, owner.gid) }), 'denied');
    await rejects(fileSystem.remove('/dir/a', other(7001, owner.gid)), 'denied');
    await rejects(fileSystem.open('/dir/a', other(7002)), 'denied');
    await tree.setStat('/dir', { permissions: 0o770 });
    await upload(friend, '/dir/b', 'friend’s');
    const made = await tree.stat('/dir/b');
    assert.deepEqual([made.uid, made.gid], [7001, 7001]);
    await tree.setStat('/dir/a', { permissions: 0o007 });
    await rejects(tree.open('/dir/a', mode('r')), 'denied');
    assert.equal(await download(fileSystem.as(other(0)), '/dir/a'), 'x', 'uid 0 may do everything');
  });

  systemTest('attributes are their owner’s to change', async ({ fileSystem, owner }) => {
    const tree = fileSystem.as(owner);
    await upload(tree, '/a', 'content');
    await tree.setStat('/a', { permissions: 0o666 });
    const stranger = fileSystem.as(other(7002));
    await rejects(stranger.setStat('/a', { permissions: 0o777 }), 'denied');
    await rejects(stranger.setStat('/a', { modifiedAt: 1_000_000 }), 'denied');
    await rejects(stranger.setStat('/a', { uid: 7002 }), 'denied');
    await rejects(tree.setStat('/a', { uid: 7002 }), 'denied');
    await rejects(tree.setStat('/a', { gid: 7002 }), 'denied');
    await stranger.setStat('/a', { size: 3 });
    assert.equal(await download(tree, '/a'), 'con');
    await tree.setStat('/a', { modifiedAt: 1_500_000_000_000, accessedAt: 1_400_000_000_000 });
    const stat = await tree.stat('/a');
    assert.deepEqual([stat.modifiedAt, stat.accessedAt], [1_500_000_000_000, 1_400_000_000_000]);
    const root = fileSystem.as(other(0));
    await root.setStat('/a', { uid: 7002, gid: 7003 });
    const given = await tree.stat('/a');
    assert.deepEqual([given.uid, given.gid], [7002, 7003]);
    await tree.setStat('/', { permissions: 0o4755 }).catch(() => undefined);
    assert.equal((await tree.stat('/')).permissions & 0o4000, 0);
  });

  systemTest('a sticky directory keeps each user’s files', async ({ fileSystem, owner }) => {
    const tree = fileSystem.as(owner);
    await tree.makeDirectory('/tmp', {});
    await tree.setStat('/tmp', { permissions: 0o1777 });
    const [one, two] = [fileSystem.as(other(7001)), fileSystem.as(other(7002))];
    await upload(one, '/tmp/a', 'one');
    await rejects(two.remove('/tmp/a'), 'denied');
    await rejects(two.rename('/tmp/a', '/tmp/b', { replace: false }), 'denied');
    await upload(two, '/tmp/c', 'two');
    await rejects(two.rename('/tmp/c', '/tmp/a', { replace: true }), 'denied');
    await rejects(putFile(fileSystem, '/tmp/a', { content: 'x', user: other(7002) }), 'denied');
    await one.remove('/tmp/a');
    await tree.remove('/tmp/c');
    assert.deepEqual(await names(tree, '/tmp'), []);
  });
}

function linkContract(systemTest: SystemTest): void {
  systemTest('links lead anywhere within, and nowhere else', async ({ fileSystem, owner }) => {
    const tree = fileSystem.as(owner);
    await tree.makeDirectory('/real', {});
    await upload(tree, '/real/a', 'content');
    await tree.symlink('/real', '/absolute');
    await tree.symlink('real/a', '/relative');
    await tree.symlink('../../../../../../real', '/far');
    await tree.symlink('/etc/passwd', '/outside');
    await tree.symlink('../'.repeat(30), '/top');
    await tree.symlink('b', '/real/new');
    assert.equal(await tree.readLink('/relative'), 'real/a');
    assert.equal((await tree.lstat('/relative')).kind, 'link');
    assert.equal((await tree.stat('/relative')).kind, 'file');
    assert.equal(await download(tree, '/absolute/a'), 'content');
    assert.equal(await download(tree, '/far/a'), 'content');
    assert.equal(await download(tree, '/top/real/a'), 'content');
    await rejects(tree.open('/outside', mode('r')), 'not-found');
    await upload(tree, '/real/new', 'through a link');
    assert.equal(await download(tree, '/real/b'), 'through a link');
    assert.deepEqual(await names(tree, '/'), ['absolute@', 'far@', 'outside@', 'real/', 'relative@', 'top@']);
    assert.deepEqual(await names(tree, '/top'), await names(tree, '/'));
    await tree.remove('/absolute');
    assert.deepEqual(await names(tree, '/real'), ['a', 'b', 'new@']);
    await rejects(tree.readLink('/real/a'), 'invalid');
    await rejects(tree.symlink('x', '/relative'), 'exists');
  });

  systemTest('links in circles end', async ({ fileSystem, owner }) => {
    const tree = fileSystem.as(owner);
    await tree.symlink('two', '/one');
    await tree.symlink('one', '/two');
    await rejects(tree.stat('/one'), 'invalid');
    await rejects(tree.open('/one', mode('wct')), 'invalid');
    await tree.remove('/one');
  });
}
