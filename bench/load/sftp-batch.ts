import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RunningSftp } from '../peers/sftp-peer.ts';

export interface SftpLogin {
  readonly server: RunningSftp;
  /** File of the private key. */
  readonly key: string;
  /** The same for both sides, so that what is compared is not their taste. */
  readonly cipher: string;
}

export interface SftpBatch extends SftpLogin {
  readonly commands: readonly string[];
}

export interface SftpClient {
  /** Resolves when they are done; rejects with what the program says when one fails. */
  run(...commands: readonly string[]): Promise<void>;
  end(): Promise<void>;
}

/** Used beside ciphers that have no MAC of their own. */
const MAC = 'hmac-sha2-256-etm@openssh.com';
const DONE = 'done';

/** OpenSSH's client, which waits for commands. */
export function startSftp({ server, key, cipher }: SftpLogin): SftpClient {
  const options = [
    ...['BatchMode=yes', 'IdentitiesOnly=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null'],
    ...['LogLevel=ERROR', `Ciphers=${cipher}`, `MACs=${MAC}`],
  ].flatMap((option) => ['-o', option]);
  const to = ['-P', String(server.port), '-i', key, `${server.user}@127.0.0.1`];
  const child = spawn('sftp', ['-q', '-b', '-', '-F', 'none', ...options, ...to]);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  let heard = (): void => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === DONE) heard();
  });
  const ended = new Promise<void>((resolve, reject) => {
    const judge = (code: unknown): void =>
      code === 0 ? resolve() : reject(new Error(`sftp ended with ${code}: ${said.trim()}`));
    child.once('close', (exit, signal) => judge(exit ?? signal)).once('error', reject);
  });
  ended.catch(() => undefined);
  // It is gone when a command has failed.
  child.stdin.on('error', () => undefined);
  return {
    run: (...commands) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      heard = resolve;
      child.stdin.write([...commands, `!echo ${DONE}`].map((command) => `${command}\n`).join(''));
      return Promise.race([promise, ended]);
    },
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}

/** Milliseconds that OpenSSH's client takes, its start and login included. Throws what it says when it fails. */
export async function sftpBatch({ commands, ...login }: SftpBatch): Promise<number> {
  const begun = performance.now();
  const client = startSftp(login);
  await client.run(...commands);
  await client.end();
  return performance.now() - begun;
}
