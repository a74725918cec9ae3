import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { Fzsftp, quoted } from '../support/fzsftp.ts';
import { createMemoryTree } from '../support/memory-tree.ts';
import { letInByKey } from '../support/openssh.ts';
import { isMissing } from '../support/run-program.ts';
import { keyPair, serveSftp, USER } from '../support/sftp-server.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

describe('the SFTP program of FileZilla', { skip: isMissing('fzsftp', 'filezilla') }, () => {
  const open = async (t: TestContext, password?: string) => {
    const tree = createMemoryTree();
    const served = await serveSftp({
      tree,
      ...(password === undefined && { authenticate: letInByKey('ed25519', tree) }),
    });
    const folder = await makeTemporaryDirectory();
    const program = await Fzsftp.start(folder.path, password);
    t.after(async () => {
      program[Symbol.dispose]();
      await served.server.stop();
      await folder.remove();
    });
    const { host, port } = served.server;
    const logIn = () => program.run(`open ${quoted(`${USER.username}@${host}`)} ${port}`);
    return { tree, folder: folder.path, program, logIn };
  };

  it('logs in by a key, moves large and empty files, and goes on with parts of them', async (t) => {
    const { tree, folder, program, logIn } = await open(t);
    await writeFile(join(folder, 'key'), keyPair('ed25519').private, { mode: 0o600 });
    await program.run('keyfile "key"');
    assert.equal((await logIn()).isDone, true);
    const content = randomBytes(20_000_003);
    for (const [name, bytes] of [
      ['/large', content],
      ['/empty', Buffer.alloc(0)],
      ['/"ä b"', content.subarray(0, 300_000)],
    ] as const) {
      assert.deepEqual(await program.put(bytes, name), { isDone: true, lines: [], names: [] });
      assert.ok(tree.content(name)?.equals(bytes), name);
      assert.ok((await program.get(name)).equals(bytes), name);
    }
    tree.put('/half', content.subarray(0, 7_000_000));
    assert.equal((await program.put(content, '/half', 'reput')).isDone, true);
    assert.ok(tree.content('/half')?.equals(content));
    assert.ok((await program.get('/half', content.subarray(0, 1_234_567))).equals(content));
  });

  it('logs in by a password, lists, makes, renames, dates and removes', async (t) => {
    const { tree, program, logIn } = await open(t, USER.password);
    assert.equal((await logIn()).isDone, true);
    tree.put('/a', Buffer.from('content'));
    const cases: readonly (readonly [string, string])[] = [
      ['pwd', 'Current directory is: "/"'],
      ['mkdir "d é"', 'mkdir /d é: OK'],
      ['mv "/a" "/d é/b"', '/a -> /d é/b'],
      ['chmtime 1500000000 "/d é/b"', ''],
      ['mtime "/d é/b"', '1500000000'],
      ['cd "d é"', 'New directory is: "/d é"'],
      ['ls', 'Listing directory /d é|-rw-r--r--    1 1000     1000            7 Jul 14  2017 b'],
      ['rm "/d é/b"', 'rm /d é/b: OK'],
      ['rmdir "/d é"', 'rmdir /d é: OK'],
    ];
    for (const [command, lines] of cases) {
      const answer = await program.run(command);
      assert.deepEqual([command, answer.isDone, answer.lines.join('|')], [command, true, lines]);
    }
    tree.put('/a', Buffer.from('x'));
    // It says of every change of permissions that it has failed, to OpenSSH's server too.
    assert.deepEqual((await program.run('chmod 600 "/a"')).lines, ['/a: 0644 -> 0600']);
    assert.equal((await tree.stat('/a')).permissions, 0o600);
  });

  it('tells what went wrong', async (t) => {
    const { tree, program, logIn } = await open(t, USER.password);
    await logIn();
    await tree.makeDirectory('/d', {});
    for (const name of ['/a', '/b', '/d/c']) tree.put(name, Buffer.from('x'));
    const cases: readonly (readonly [string, RegExp])[] = [
      ['cd "/none"', /no such file or directory/],
      ['get "/none" "local"', /open for read: no such file or directory/],
      ['put "local" "/none/a"', /open for write: no such file or directory/],
      ['rm "/none"', /no such file or directory/],
      ['rmdir "/d"', /Directory not empty/],
      ['mkdir "/d"', /File exists/],
      ['mv "/a" "/b"', /File exists/],
    ];
    for (const [command, message] of cases) {
      const { isDone, lines } = await program.run(command);
      assert.equal(isDone, false, command);
      assert.match(lines.join('|'), message, command);
    }
  });

  it('is not let in by another password', async (t) => {
    const { logIn } = await open(t, 'another');
    const { isDone, lines } = await logIn();
    assert.equal(isDone, false);
    assert.match(lines.join('|'), /disconnect/);
  });
});
