import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createMemoryTree } from '../support/memory-tree.ts';
import { sshOptions } from '../support/openssh.ts';
import { isMissing, runProgram } from '../support/run-program.ts';
import { serveSftp, USER } from '../support/sftp-server.ts';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../support/temporary-directory.ts';

const content = randomBytes(2_345_678);

describe('other clients', () => {
  let directory: TemporaryDirectory;
  before(async () => {
    directory = await makeTemporaryDirectory();
    await writeFile(join(directory.path, 'up.bin'), content);
    await mkdir(join(directory.path, 'many'));
    for (let at = 0; at < 30; at += 1)
      await writeFile(join(directory.path, 'many', `${at}.txt`), `file ${at}`);
  });
  after(() => directory.remove());

  const serve = async () => {
    const tree = createMemoryTree();
    const served = await serveSftp({ tree });
    const { host, port } = served.server;
    return { tree, host, port, [Symbol.asyncDispose]: () => served.server.stop() };
  };
  const cameBack = async (name: string): Promise<void> =>
    assert.ok((await readFile(join(directory.path, name))).equals(content));

  it('lftp', { skip: isMissing('lftp', 'lftp') }, async () => {
    await using world = await serve();
    // It types the password where ssh asks for it.
    const ssh = ['ssh', '-a', '-x', ...(await sshOptions(directory.path, 'ed25519'))].join(' ');
    const settings = [
      `set sftp:connect-program "${ssh.replace('BatchMode=yes', 'BatchMode=no')}"`,
      'set sftp:auto-confirm yes',
      'set net:max-retries 2',
      'set cmd:fail-exit yes',
    ];
    const commands = [
      ...settings,
      `open -u ${USER.username},'${USER.password}' sftp://${world.host}:${world.port}/`,
      'put up.bin',
      'mirror -R many copied',
      'mv up.bin copied/up.bin',
      'get copied/up.bin -o lftp.bin',
      'chmod 600 copied/up.bin',
      'cls -l copied',
      'rm copied/0.txt',
    ];
    const { code, stdout, stderr } = await runProgram(['lftp', '-c', commands.join('; ')], {
      cwd: directory.path,
      environment: { HOME: directory.path },
    });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /-rw------- .*2345678 .* copied\/up\.bin/);
    assert.equal(world.tree.names('/copied').length, 30);
    await cameBack('lftp.bin');
  });

  it('rclone', { skip: isMissing('rclone', 'rclone') }, async () => {
    await using world = await serve();
    const { stdout: obscured } = await runProgram(['rclone', 'obscure', USER.password]);
    const remote = `:sftp,host=${world.host},port=${world.port},user=${USER.username},shell_type=none,disable_hashcheck=true,pass=${obscured.trim()}`;
    const rclone = async (...args: readonly string[]) => {
      const config = join(directory.path, 'rclone.conf');
      const result = await runProgram(['rclone', '--config', config, '--retries', '1', ...args], {
        cwd: directory.path,
        environment: { HOME: directory.path },
      });
      assert.equal(result.code, 0, `${args[0]}: ${result.stderr}`);
      return result.stdout;
    };
    await rclone('copy', 'many', `${remote}:/many`);
    await rclone('copyto', 'up.bin', `${remote}:/deep/er/up.bin`);
    await rclone('check', '--download', 'many', `${remote}:/many`);
    await rclone('moveto', `${remote}:/deep/er/up.bin`, `${remote}:/moved.bin`);
    assert.match(await rclone('lsl', `${remote}:/moved.bin`), /2345678 .* moved\.bin/);
    await rclone('copyto', `${remote}:/moved.bin`, 'rclone.bin');
    await cameBack('rclone.bin');
    await rclone('purge', `${remote}:/many`);
    assert.deepEqual(world.tree.names('/'), ['deep', 'moved.bin']);
  });

  it('psftp of PuTTY', { skip: isMissing('psftp', 'putty-tools') }, async () => {
    await using world = await serve();
    const commands = [
      'put up.bin',
      'mkdir d',
      'mv up.bin d/up.bin',
      'get d/up.bin psftp.bin',
      'ls d',
      'quit',
    ];
    await writeFile(join(directory.path, 'psftp.batch'), commands.map((line) => `${line}\n`).join(''));
    const to = ['-P', String(world.port), '-pw', USER.password, `${USER.username}@${world.host}`];
    const { code, stdout, stderr } = await runProgram(['psftp', '-b', 'psftp.batch', ...to], {
      // Yes, the server's key is to be trusted.
      input: 'y\n',
      cwd: directory.path,
      environment: { HOME: directory.path },
    });
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /2345678 .* up\.bin/);
    await cameBack('psftp.bin');
  });

  const python = '/usr/bin/python3';
  const hasParamiko = async () => (await runProgram([python, '-c', 'import paramiko'])).code === 0;
  it('paramiko', { skip: isMissing(python, 'python3') }, async (context) => {
    if (!(await hasParamiko())) {
      context.skip('paramiko is not installed (Debian: python3-paramiko)');
      return;
    }
    await using world = await serve();
    const program = `
import paramiko, sys
transport = paramiko.Transport(('${world.host}', ${world.port}))
transport.connect(username='${USER.username}', password='${USER.password}')
sftp = paramiko.SFTPClient.from_transport(transport)
sftp.put('up.bin', '/up.bin')
sftp.mkdir('/d', 0o700)
sftp.rename('/up.bin', '/d/a')
sftp.posix_rename('/d/a', '/d/b')
sftp.symlink('b', '/d/link')
assert sftp.readlink('/d/link') == 'b'
assert sftp.stat('/d/link').st_size == ${content.length}
sftp.get('/d/link', 'paramiko.bin')
with sftp.open('/d/b', 'r+') as file:
    file.seek(5)
    file.write(b'there')
    file.prefetch()
    file.seek(0)
    assert file.read(10)[5:] == b'there'
try:
    sftp.stat('/missing')
    sys.exit('no error')
except FileNotFoundError:
    pass
assert sorted(sftp.listdir('/d')) == ['b', 'link']
sftp.close()
transport.close()
`;
    const { code, stderr } = await runProgram([python, '-c', program], { cwd: directory.path });
    assert.equal(code, 0, stderr);
    await cameBack('paramiko.bin');
    assert.equal(world.tree.content('/d/b')?.toString('latin1', 5, 10), 'there');
  });
});
