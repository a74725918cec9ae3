import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FilesError, type FilesReason } from '../../src/files/files-error.ts';
import { OPEN_FLAG, REPLY, REQUEST } from '../../src/sftp/packets/names.ts';
import { createMemoryTree, type MemoryTree } from '../support/memory-tree.ts';
import { FX, RawSftp, statusOf } from '../support/raw-sftp.ts';
import { connect, type ServedSftp, type ServeSftp, serveSftp } from '../support/sftp-server.ts';

interface World extends AsyncDisposable {
  readonly tree: MemoryTree;
  readonly sftp: RawSftp;
  readonly served: ServedSftp;
}

async function start(options: Omit<ServeSftp, 'tree'> = {}): Promise<World> {
  const tree = createMemoryTree();
  const served = await serveSftp({ ...options, tree });
  const client = await connect(served);
  const sftp = await RawSftp.start(client);
  const dispose = async (): Promise<void> => {
    client.destroy();
    await served.server.stop();
  };
  return { tree, sftp, served, [Symbol.asyncDispose]: dispose };
}

describe('requests', () => {
  it('begin with the version, and what is beyond it', async () => {
    const tree = createMemoryTree();
    await using served = await serveSftp({ tree });
    using client = await connect(served);
    const sftp = await RawSftp.open(client);
    sftp.sendBytes(Buffer.from([0, 0, 0, 5, REQUEST.INIT, 0, 0, 0, 6]));
    const version = await sftp.version;
    assert.equal(version.uint32(), 3);
    const extensions: string[] = [];
    while (!version.isAtEnd) extensions.push(`${version.text()} ${version.text()}`);
    assert.deepEqual(extensions, [
      'posix-rename@openssh.com 1',
      'fsync@openssh.com 1',
      'limits@openssh.com 1',
      'expand-path@openssh.com 1',
    ]);
  });

  it('say how much they may carry', async () => {
    await using world = await start({ limits: { packetBytes: 100_000, handles: 7 } });
    const { type, fields } = await world.sftp.ask(REQUEST.EXTENDED, (to) => to.text('limits@openssh.com'));
    assert.equal(type, REPLY.EXTENDED_REPLY);
    const numbers = [fields.uint64(), fields.uint64(), fields.uint64(), fields.uint64()];
    assert.deepEqual(numbers, [100_000, 98_976, 98_976, 7]);
  });

  it('of unknown kinds are refused and cost nothing', async () => {
    await using world = await start();
    assert.equal((await world.sftp.status(99, (to) => to))[0], FX.OP_UNSUPPORTED);
    for (const name of ['hardlink@openssh.com', 'statvfs@openssh.com', 'copy-data', '']) {
      const [code] = await world.sftp.status(REQUEST.EXTENDED, (to) => to.text(name));
      assert.equal(code, FX.OP_UNSUPPORTED, name);
    }
  });

  it('that are cut off, not UTF-8, hold NUL or are too long are refused', async () => {
    await using world = await start();
    const { sftp } = world;
    const refused = async (type: number, write: Parameters<RawSftp['status']>[1], code: number) =>
      assert.equal((await sftp.status(type, write))[0], code);
    for (const type of Object.values(REQUEST)) {
      if (type !== REQUEST.INIT) await refused(type, (to) => to, FX.BAD_MESSAGE);
      if (type !== REQUEST.INIT) await refused(type, (to) => to.uint32(2 ** 32 - 1), FX.BAD_MESSAGE);
    }
    await refused(REQUEST.STAT, (to) => to.string(Buffer.from([0x2f, 0xff, 0xfe])), FX.BAD_MESSAGE);
    await refused(REQUEST.STAT, (to) => to.string(Buffer.from([0xed, 0xa0, 0x80])), FX.BAD_MESSAGE);
    await refused(REQUEST.STAT, (to) => to.text('/a\0b'), FX.FAILURE);
    await refused(REQUEST.STAT, (to) => to.text(`/${'a/'.repeat(2048)}`), FX.FAILURE);
    await refused(REQUEST.STAT, (to) => to.text(`/${'a'.repeat(256)}`), FX.FAILURE);
    await refused(REQUEST.STAT, (to) => to.text(''), FX.NO_SUCH_FILE);
    await refused(REQUEST.SYMLINK, (to) => to.text('\0').text('/l'), FX.FAILURE);
    await refused(REQUEST.OPEN, (to) => to.text('/a').uint32(0).uint32(0), FX.FAILURE);
    assert.equal((await sftp.ask(REQUEST.STAT, (to) => to.text('/'))).type, REPLY.ATTRS);
  });

  it('stay within the tree, whatever their paths say', async () => {
    await using world = await start({ home: '/home/alice' });
    const cases = {
      '.': '/home/alice',
      '': '/home/alice',
      '../../../../etc/passwd': '/etc/passwd',
      '/../..//./a/./b/../c/': '/a/c',
      'x//y': '/home/alice/x/y',
      '/..': '/',
    };
    for (const [given, expected] of Object.entries(cases)) {
      const { fields } = await world.sftp.ask(REQUEST.REALPATH, (to) => to.text(given));
      assert.deepEqual([fields.uint32(), fields.text()], [1, expected]);
    }
    const expand = (path: string) =>
      world.sftp.ask(REQUEST.EXTENDED, (to) => to.text('expand-path@openssh.com').text(path));
    const { fields } = await expand('~/in');
    assert.deepEqual([fields.uint32(), fields.text()], [1, '/home/alice/in']);
  });

  it('take the home for `~` letter for letter', async () => {
    await using world = await start({ home: "/in $'$&" });
    const { fields } = await world.sftp.ask(REQUEST.EXTENDED, (to) =>
      to.text('expand-path@openssh.com').text('~/x'),
    );
    assert.deepEqual([fields.uint32(), fields.text()], [1, "/in $'$&/x"]);
  });

  it('tell each reason of a failure by its code and its text', async () => {
    await using world = await start();
    const codes: Readonly<Record<FilesReason, number>> = {
      'not-found': FX.NO_SUCH_FILE,
      'not-a-directory': FX.NO_SUCH_FILE,
      denied: FX.PERMISSION_DENIED,
      unsupported: FX.OP_UNSUPPORTED,
      exists: FX.FAILURE,
      changed: FX.FAILURE,
      'not-empty': FX.FAILURE,
      'is-a-directory': FX.FAILURE,
      invalid: FX.FAILURE,
      'no-space': FX.FAILURE,
      throttled: FX.FAILURE,
      unavailable: FX.FAILURE,
    };
    for (const [reason, code] of Object.entries(codes)) {
      world.tree.before = () => Promise.reject(new FilesError(reason as FilesReason, `It is ${reason}`));
      const status = await world.sftp.status(REQUEST.REMOVE, (to) => to.text('/a'));
      assert.deepEqual(status, [code, `It is ${reason}`]);
    }
    world.tree.before = () => Promise.reject(new Error('secret of the house'));
    const status = await world.sftp.status(REQUEST.REMOVE, (to) => to.text('/a'));
    assert.deepEqual(status, [FX.FAILURE, 'Internal error']);
    const last = world.served.events.at(-1);
    assert.ok(last?.kind === 'error');
    const { operation, path, message } = last;
    assert.deepEqual([operation, path, message], ['REMOVE', '/a', 'Internal error: secret of the house']);
  });

  it('with handles that are closed, forged or of the other kind are refused', async () => {
    await using world = await start();
    const { sftp } = world;
    const handle = await sftp.open('/a', 'WRITE', 'CREATE');
    const use = (type: number, name: Uint8Array) =>
      sftp.status(type, (to) => to.string(name).uint64(0).uint32(1).uint32(0));
    assert.deepEqual(await use(REQUEST.READDIR, handle), [
      FX.FAILURE,
      'The handle is not one of a file'.replace('file', 'directory'),
    ]);
    assert.equal((await use(REQUEST.READ, handle))[0], FX.PERMISSION_DENIED);
    for (const forged of [Buffer.alloc(0), Buffer.alloc(4), Buffer.alloc(5), Buffer.from([0, 0, 0, 2])]) {
      assert.deepEqual(await use(REQUEST.CLOSE, forged), [FX.FAILURE, 'Invalid handle']);
    }
    assert.equal((await use(REQUEST.CLOSE, handle))[0], FX.OK);
    for (const type of [REQUEST.CLOSE, REQUEST.READ, REQUEST.WRITE, REQUEST.FSTAT, REQUEST.FSETSTAT]) {
      assert.deepEqual(await use(type, handle), [FX.FAILURE, 'Invalid handle']);
    }
    assert.notDeepEqual(await sftp.open('/a', 'READ'), handle);
    assert.deepEqual(world.tree.endings, [{ path: '/a', how: 'closed' }]);
  });

  it('open no more than may be open, and count what failed to open for nothing', async () => {
    await using world = await start({ limits: { handles: 2 } });
    const { sftp } = world;
    for (let turn = 0; turn < 5; turn += 1) await assert.rejects(sftp.open('/missing', 'READ'), /No such/);
    const first = await sftp.open('/a', 'WRITE', 'CREATE');
    const directory = await sftp.ask(REQUEST.OPENDIR, (to) => to.text('/'));
    assert.equal(directory.type, REPLY.HANDLE);
    await assert.rejects(sftp.open('/b', 'WRITE', 'CREATE'), /Too many open files/);
    const [code] = await sftp.status(REQUEST.OPENDIR, (to) => to.text('/'));
    assert.equal(code, FX.FAILURE);
    await sftp.status(REQUEST.CLOSE, (to) => to.string(first));
    await sftp.open('/b', 'WRITE', 'CREATE');
  });

  it('read and write at the far ends of what numbers can say', async () => {
    await using world = await start();
    const { sftp } = world;
    world.tree.put('/a', Buffer.from('0123456789'));
    const handle = await sftp.open('/a', 'READ', 'WRITE');
    const read = (high: number, low: number, length: number) =>
      sftp.ask(REQUEST.READ, (to) => to.string(handle).uint32(high).uint32(low).uint32(length));
    assert.equal((await read(0, 4, 2 ** 32 - 1)).fields.text(), '456789');
    assert.equal(statusOf(await read(0, 10, 1))[0], FX.EOF);
    assert.equal(statusOf(await read(0, 0, 0))[0], FX.EOF);
    assert.equal(statusOf(await read(0x1f_ffff, 0xffff_0000, 1))[0], FX.EOF);
    assert.equal(statusOf(await read(0x20_0000, 0, 1))[0], FX.FAILURE);
    assert.equal(statusOf(await read(0xffff_ffff, 0xffff_ffff, 2 ** 32 - 1))[0], FX.FAILURE);
    const write = (high: number, text: string) =>
      sftp.status(REQUEST.WRITE, (to) => to.string(handle).uint32(high).uint32(2).text(text));
    assert.equal((await write(0xffff_ffff, 'x'))[0], FX.FAILURE);
    assert.equal((await write(0, ''))[0], FX.OK);
    assert.equal((await write(0, 'ab'))[0], FX.OK);
    assert.equal(world.tree.content('/a')?.toString(), '01ab456789');
    const size = (high: number) =>
      sftp.status(REQUEST.FSETSTAT, (to) => to.string(handle).uint32(1).uint32(high).uint32(4));
    assert.equal((await size(0x20_0000))[0], FX.FAILURE);
    assert.equal((await size(0))[0], FX.OK);
    assert.equal(world.tree.content('/a')?.toString(), '01ab');
  });

  it('answer a READ with no more than they may carry', async () => {
    await using world = await start({ limits: { packetBytes: 40_000 } });
    world.tree.put('/a', Buffer.alloc(100_000, 1));
    const handle = await world.sftp.open('/a', 'READ');
    const { fields } = await world.sftp.ask(REQUEST.READ, (to) =>
      to
        .string(handle)
        .uint64(0)
        .uint32(2 ** 31),
    );
    assert.equal(fields.string().length, 38_976);
  });

  it('may have bytes behind the names of RENAME, and replace only where that is asked for', async () => {
    await using world = await start();
    world.tree.put('/a', Buffer.from('a'));
    world.tree.put('/b', Buffer.from('b'));
    const plain = await world.sftp.status(REQUEST.RENAME, (to) => to.text('/a').text('/c').uint32(1));
    assert.equal(plain[0], FX.OK);
    const taken = await world.sftp.status(REQUEST.RENAME, (to) => to.text('/c').text('/b').uint32(1));
    assert.deepEqual(taken, [FX.FAILURE, 'File exists']);
    const posix = await world.sftp.status(REQUEST.EXTENDED, (to) =>
      to.text('posix-rename@openssh.com').text('/c').text('/b'),
    );
    assert.equal(posix[0], FX.OK);
    assert.equal(world.tree.content('/b')?.toString(), 'a');
  });

  it('make links in the order of paths that the client’s software has', async () => {
    const draft = ['ssh2js1.17.0', 'libssh_0.10.6', 'AsyncSSH_2.24.0', 'phpseclib_3.0'];
    for (const ident of ['OpenSSH_9.9', 'paramiko_3.0', ...draft]) {
      const [first, second] = draft.includes(ident)
        ? (['/link', 'target'] as const)
        : (['target', '/link'] as const);
      const tree = createMemoryTree();
      await using served = await serveSftp({ tree });
      using client = await connect(served, { ident });
      const sftp = await RawSftp.start(client);
      const [code] = await sftp.status(REQUEST.SYMLINK, (to) => to.text(first).text(second));
      assert.equal(code, FX.OK);
      const { fields } = await sftp.ask(REQUEST.READLINK, (to) => to.text('/link'));
      assert.deepEqual([fields.uint32(), fields.text()], [1, 'target'], ident);
    }
  });

  it('make a file durable where files can, and refuse where they cannot', async () => {
    await using world = await start();
    const handle = await world.sftp.open('/a', 'WRITE', 'CREATE');
    const sync = () =>
      world.sftp.status(REQUEST.EXTENDED, (to) => to.text('fsync@openssh.com').string(handle));
    assert.equal((await sync())[0], FX.OK);
    const { open } = world.tree;
    world.tree.open = async (path, mode) => {
      const { sync: _, ...file } = await open(path, mode);
      return file;
    };
    const other = await world.sftp.open('/b', 'WRITE', 'CREATE');
    const refused = await world.sftp.status(REQUEST.EXTENDED, (to) =>
      to.text('fsync@openssh.com').string(other),
    );
    assert.equal(refused[0], FX.OP_UNSUPPORTED);
  });
});

describe('requests that do not wait for each other', () => {
  it('take effect on one file in the order in which they came', async () => {
    await using world = await start();
    const { sftp, tree } = world;
    const handle = await sftp.open('/a', 'READ', 'WRITE', 'CREATE');
    const gate = Promise.withResolvers<void>();
    tree.before = (call) => (call === 'write' ? gate.promise : undefined);
    const write = (at: number, text: string) =>
      sftp.send(REQUEST.WRITE, (to) => to.string(handle).uint64(at).text(text));
    const ids = [
      write(0, 'aaaa'),
      write(2, 'bb'),
      sftp.send(REQUEST.READ, (to) => to.string(handle).uint64(0).uint32(10)),
      sftp.send(REQUEST.FSTAT, (to) => to.string(handle)),
      write(4, 'cc'),
      sftp.send(REQUEST.CLOSE, (to) => to.string(handle)),
      sftp.send(REQUEST.RENAME, (to) => to.text('/a').text('/b')),
      sftp.send(REQUEST.STAT, (to) => to.text('/b')),
    ];
    // Another file does not wait.
    const other = await sftp.open('/other', 'WRITE', 'CREATE');
    assert.equal((await sftp.status(REQUEST.CLOSE, (to) => to.string(other)))[0], FX.OK);
    gate.resolve();
    const replies = await Promise.all(ids.map((id) => sftp.reply(id)));
    assert.equal(replies[2]?.fields.text(), 'aabb');
    assert.equal(replies[7]?.type, REPLY.ATTRS);
    assert.equal(tree.content('/b')?.toString(), 'aabbcc');
    // READ and FSTAT both only look: which of them is answered first says nothing.
    const changes = ids.filter((_, at) => at !== 2 && at !== 3);
    assert.deepEqual(
      sftp.order.filter((id) => changes.includes(id)),
      changes,
    );
  });

  it('close a file once all that was asked of it before is answered', async () => {
    await using world = await start();
    const { sftp, tree } = world;
    tree.put('/a', Buffer.from('hello'));
    const handle = await sftp.open('/a', 'READ');
    const gate = Promise.withResolvers<void>();
    tree.before = (call) => (call === 'read' ? gate.promise : undefined);
    const ids = [
      sftp.send(REQUEST.READ, (to) => to.string(handle).uint64(0).uint32(5)),
      sftp.send(REQUEST.CLOSE, (to) => to.string(handle)),
    ];
    await sftp.status(REQUEST.STAT, (to) => to.text('/nowhere'));
    const early = [...tree.endings];
    gate.resolve();
    assert.deepEqual(early, []);
    const [read, closed] = await Promise.all(ids.map((id) => sftp.reply(id)));
    assert.equal(read?.fields.text(), 'hello');
    assert.equal(closed === undefined ? undefined : statusOf(closed)[0], FX.OK);
    assert.equal(tree.endings.length, 1);
  });

  it('wait for the directory that they need', async () => {
    await using world = await start();
    const { sftp, tree } = world;
    const gate = Promise.withResolvers<void>();
    tree.before = (call) => (call === 'makeDirectory' ? gate.promise : undefined);
    const made = sftp.send(REQUEST.MKDIR, (to) => to.text('/d').uint32(0));
    const flags = OPEN_FLAG.WRITE | OPEN_FLAG.CREATE;
    const opened = sftp.send(REQUEST.OPEN, (to) => to.text('/d/a').uint32(flags).uint32(0));
    const looked = await sftp.ask(REQUEST.STAT, (to) => to.text('/'));
    assert.equal(looked.type, REPLY.ATTRS);
    gate.resolve();
    assert.equal(statusOf(await sftp.reply(made))[0], FX.OK);
    assert.equal((await sftp.reply(opened)).type, REPLY.HANDLE);
  });

  it('close a file as broken, not whole, after one of its writes failed', async () => {
    await using world = await start();
    const { sftp, tree } = world;
    const handle = await sftp.open('/a', 'WRITE', 'CREATE');
    tree.before = (call) =>
      call === 'write' ? Promise.reject(new FilesError('no-space', 'No space left')) : undefined;
    const [code, text] = await sftp.status(REQUEST.WRITE, (to) => to.string(handle).uint64(0).text('x'));
    assert.deepEqual([code, text], [FX.FAILURE, 'No space left']);
    await sftp.status(REQUEST.CLOSE, (to) => to.string(handle));
    assert.deepEqual(tree.endings, [{ path: '/a', how: 'broken' }]);
  });
});
