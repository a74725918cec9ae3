import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FilesError } from '../../src/files/files-error.ts';
import { createMemoryTree } from '../support/memory-tree.ts';
import { letInByKey, sftpBatch, sshOptions } from '../support/openssh.ts';
import { isMissing, runProgram } from '../support/run-program.ts';
import { serveSftp } from '../support/sftp-server.ts';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../support/temporary-directory.ts';

describe('the sftp program of OpenSSH', { skip: isMissing('sftp', 'openssh-client') }, () => {
  let directory: TemporaryDirectory;
  before(async () => {
    directory = await makeTemporaryDirectory();
  });
  after(() => directory.remove());

  const serve = async (home = '/') => {
    const tree = createMemoryTree();
    const served = await serveSftp({ tree, authenticate: letInByKey('ed25519', tree, home) });
    const run = (commands: readonly string[], options: readonly string[] = []) =>
      sftpBatch(served, commands, { folder: directory.path, options });
    return { tree, run, served, [Symbol.asyncDispose]: () => served.server.stop() };
  };

  it('puts a file, which is closed once, and gets it back as it was', async () => {
    await using world = await serve();
    const content = randomBytes(3_000_001);
    await writeFile(join(directory.path, 'up.bin'), content);
    const { code, stderr } = await world.run(['put up.bin', 'get up.bin down.bin']);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.ok(world.tree.content('/up.bin')?.equals(content));
    assert.ok((await readFile(join(directory.path, 'down.bin'))).equals(content));
    assert.deepEqual(world.tree.endings, [
      { path: '/up.bin', how: 'closed' },
      { path: '/up.bin', how: 'closed' },
    ]);
  });

  it('puts and gets with small packets and few of them at once', async () => {
    await using world = await serve();
    const content = randomBytes(100_003);
    await writeFile(join(directory.path, 'up.bin'), content);
    const { code } = await world.run(['put up.bin', 'get up.bin down.bin'], ['-B', '1000', '-R', '3']);
    assert.equal(code, 0);
    assert.ok((await readFile(join(directory.path, 'down.bin'))).equals(content));
  });

  it('resumes an upload and a download', async () => {
    await using world = await serve();
    const content = randomBytes(500_000);
    world.tree.put('/half.bin', content.subarray(0, 200_000));
    await writeFile(join(directory.path, 'half.bin'), content);
    assert.equal((await world.run(['reput half.bin'])).code, 0);
    assert.ok(world.tree.content('/half.bin')?.equals(content));
    await writeFile(join(directory.path, 'back.bin'), content.subarray(0, 123_456));
    assert.equal((await world.run(['reget half.bin back.bin'])).code, 0);
    assert.ok((await readFile(join(directory.path, 'back.bin'))).equals(content));
  });

  it('lists, also directories of many pages', async () => {
    await using world = await serve();
    await world.tree.makeDirectory('/d', {});
    for (let at = 0; at < 1234; at += 1) world.tree.put(`/d/${'n'.repeat(100)}-${at}`, Buffer.from('x'));
    const { stdout } = await world.run(['ls -1 d']);
    assert.equal(stdout.split('\n').filter((line) => line.startsWith('d/')).length, 1234);
    world.tree.put('/ü € 😀', Buffer.from('12345'));
    const { stdout: long } = await world.run(['ls -la /']);
    assert.match(long, /^drwxr-xr-x +1 1000 +1000 +0 Jan {2}2 .{5} d$/m);
    assert.match(long, /^-rw-r--r-- +1 1000 +1000 +5 Jan {2}2 .{5} ü € 😀$/m);
  });

  it('makes, renames and removes', async () => {
    await using world = await serve('/home');
    await world.tree.makeDirectory('/home', {});
    world.tree.put('/home/a', Buffer.from('a'));
    world.tree.put('/home/b', Buffer.from('b'));
    const { code, stderr } = await world.run([
      'mkdir d',
      'rename a d/a',
      'rename b d/a',
      'chmod 600 d/a',
      'ln -s a d/link',
      'mkdir gone',
      'rmdir gone',
    ]);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.deepEqual(world.tree.names('/home'), ['d']);
    assert.equal(world.tree.content('/home/d/link')?.toString(), 'b');
    assert.equal((await world.tree.stat('/home/d/a')).permissions, 0o600);
    assert.equal((await world.run(['rm d/link', 'rm d/a', 'rmdir d'])).code, 0);
    assert.deepEqual(world.tree.names('/home'), []);
  });

  it('keeps times and permissions when asked', async () => {
    await using world = await serve();
    await writeFile(join(directory.path, 'kept'), 'x', { mode: 0o640 });
    assert.equal((await world.run(['put -p kept'])).code, 0);
    const { permissions, modifiedAt } = await world.tree.stat('/kept');
    assert.equal(permissions, 0o640);
    assert.ok(Math.abs(modifiedAt - Date.now()) < 60_000);
  });

  it('tells what went wrong', async () => {
    await using world = await serve();
    world.tree.before = (call) =>
      call === 'close' ? Promise.reject(new FilesError('denied', 'Not for you')) : undefined;
    await writeFile(join(directory.path, 'up.bin'), 'x');
    const cases: readonly (readonly [string, RegExp])[] = [
      ['get missing', /not found/],
      ['put up.bin no/such/up.bin', /No such file or directory/],
      ['put up.bin', /close.*Permission denied/],
      ['rmdir missing', /No such file or directory|not found/],
      ['df', /does not support statvfs/],
      ['ln up.bin hard', /does not support hardlink/],
    ];
    for (const [command, message] of cases) {
      const { code, stderr } = await world.run([command]);
      assert.equal(code, 1, command);
      assert.match(stderr, message, command);
    }
    const failed = world.served.events.flatMap((event) => (event.kind === 'error' ? [event] : []));
    assert.deepEqual(
      failed.map(({ operation, path, message }) => [operation, path, message]),
      [
        ['OPEN', '/no/such/up.bin', 'No such file or directory'],
        ['CLOSE', '/up.bin', 'Not for you'],
        ['RMDIR', '/missing', 'No such file or directory'],
      ],
    );
  });

  for (const exchange of ['curve25519-sha256', 'diffie-hellman-group-exchange-sha256']) {
    it(`makes new keys in the middle of a transfer, whoever wants them, by ${exchange}`, async () => {
      const tree = createMemoryTree();
      const authenticate = letInByKey('ed25519', tree);
      await using served = await serveSftp({ tree, authenticate, rekeyBytes: 700_000 });
      const content = randomBytes(20_000_000);
      await writeFile(join(directory.path, 'long.bin'), content);
      const { code, stderr } = await sftpBatch(served, ['put long.bin', 'get long.bin back.bin'], {
        folder: directory.path,
        options: ['-o', 'RekeyLimit=1M', '-v', '-o', `KexAlgorithms=${exchange}`, '-c', 'aes128-ctr'],
      });
      assert.equal(code, 0);
      assert.ok((stderr.match(/SSH2_MSG_NEWKEYS received/g)?.length ?? 0) > 20);
      assert.ok((await readFile(join(directory.path, 'back.bin'))).equals(content));
    });
  }

  it('is all that is served: no shell, command, forwarding or old scp', async () => {
    await using world = await serve();
    const { host, port } = world.served.server;
    const options = await sshOptions(directory.path, 'ed25519');
    const ssh = (...args: readonly string[]) =>
      runProgram(['ssh', '-p', String(port), ...options, ...args, `alice@${host}`]);
    assert.match((await ssh('-T')).stderr, /shell request failed/);
    assert.match((await ssh('-tt')).stderr, /PTY allocation request failed/);
    assert.match((await ssh('-W', '127.0.0.1:1')).stderr, /administratively prohibited|forwarding/);
    const command = await runProgram(['ssh', '-p', String(port), ...options, `alice@${host}`, 'id']);
    assert.match(command.stderr, /exec request failed/);
    const forward = await ssh('-N', '-R', '0:127.0.0.1:1', '-o', 'ExitOnForwardFailure=yes');
    assert.match(forward.stderr, /remote port forwarding failed/);
    await writeFile(join(directory.path, 'up.bin'), 'by scp');
    const copy = (...args: readonly string[]) =>
      runProgram(['scp', '-P', String(port), ...options, ...args, `alice@${host}:~/copied`], {
        cwd: directory.path,
      });
    assert.notEqual((await copy('-O', 'up.bin')).code, 0);
    assert.equal((await copy('-s', 'up.bin')).code, 0);
    assert.equal(world.tree.content('/copied')?.toString(), 'by scp');
  });
});
