import { spawn } from 'node:child_process';
import type { RunningSftp } from '../peers/sftp-peer.ts';

export interface SftpBatch {
  readonly server: RunningSftp;
  /** File of the private key. */
  readonly key: string;
  readonly commands: readonly string[];
  /** The same for both sides, so that what is compared is not their taste. */
  readonly cipher: string;
}

/** Used beside ciphers that have no MAC of their own. */
const MAC = 'hmac-sha2-256-etm@openssh.com';

/** Milliseconds that OpenSSH's client takes, its start and login included. Throws what it says when it fails. */
export async function sftpBatch({ server, key, commands, cipher }: SftpBatch): Promise<number> {
  const options = [
    ...['BatchMode=yes', 'IdentitiesOnly=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null'],
    ...['LogLevel=ERROR', `Ciphers=${cipher}`, `MACs=${MAC}`],
  ].flatMap((option) => ['-o', option]);
  const to = ['-P', String(server.port), '-i', key, `${server.user}@127.0.0.1`];
  const begun = performance.now();
  const child = spawn('sftp', ['-q', '-b', '-', '-F', 'none', ...options, ...to], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stdin.end(commands.map((command) => `${command}\n`).join(''));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('close', (exit, signal) => resolve(exit ?? signal)).once('error', reject);
  });
  if (code !== 0) throw new Error(`sftp ended with ${code}: ${said.trim()}`);
  return performance.now() - begun;
}
