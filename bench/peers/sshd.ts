import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { launch } from './child-process.ts';
import type { RunningSftp, SftpKeys } from './sftp-peer.ts';

const PROGRAM = '/usr/sbin/sshd';
const SUBSYSTEM = '/usr/lib/openssh/sftp-server';

/** Why OpenSSH's server cannot be measured here; undefined when it can. */
export function whyNoSshd(): string | undefined {
  if (!existsSync(PROGRAM) || !existsSync(SUBSYSTEM)) return 'openssh-server is not installed';
  return userInfo().uid === 0 ? undefined : 'sshd needs to be started by root';
}

/** OpenSSH's server with its own `sftp-server`, on a free port of the loopback. */
export async function startSshd(directory: string, keys: SftpKeys): Promise<RunningSftp> {
  mkdirSync('/run/sshd', { recursive: true });
  const port = await freePort();
  const file = join(directory, 'sshd.conf');
  const settings = {
    ListenAddress: `127.0.0.1:${port}`,
    HostKey: keys.host,
    AuthorizedKeysFile: `${keys.user}.pub`,
    PermitRootLogin: 'prohibit-password',
    StrictModes: 'no',
    UsePAM: 'no',
    PidFile: 'none',
    MaxStartups: '200',
    Subsystem: `sftp ${SUBSYSTEM}`,
  };
  await writeFile(
    file,
    Object.entries(settings)
      .map((pair) => `${pair.join(' ')}\n`)
      .join(''),
  );
  const server = await launch({ command: PROGRAM, args: ['-D', '-f', file], errors: 'ignore' });
  await untilOpen(port);
  return {
    port,
    user: userInfo().username,
    root: directory,
    cpuMs: () => cpuOfFamily(server.pid),
    stop: server.stop,
  };
}

/** Of the process and of its descendants that have ended: each session is some processes of its own. */
function cpuOfFamily(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

async function untilOpen(port: number): Promise<void> {
  for (let left = 200; ; left -= 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    if (left === 0) throw new Error('sshd did not start');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}
