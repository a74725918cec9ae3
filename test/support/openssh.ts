import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileTree } from '../../src/files/file-tree.ts';
import type { Authenticate, Login } from '../../src/sftp/sftp-server.ts';
import { type ProgramResult, runProgram } from './run-program.ts';
import { keyPair, type ServedSftp } from './sftp-server.ts';

export interface SftpBatch {
  /** Holds the key, and is where local paths start. */
  readonly folder: string;
  /** More arguments, as `-o`. */
  readonly options?: readonly string[];
  readonly key?: Parameters<typeof keyPair>[0];
  readonly user?: string;
}

/** Commands of OpenSSH's `sftp`, run as a batch; logs in by a key. */
export async function sftpBatch(
  { server }: Pick<ServedSftp, 'server'>,
  commands: readonly string[],
  { folder, options = [], key = 'ed25519', user = 'alice' }: SftpBatch,
): Promise<ProgramResult> {
  const args = [
    ...['-b', '-', '-P', String(server.port)],
    ...(await sshOptions(folder, key)),
    ...options,
    `${user}@${server.host}`,
  ];
  const input = commands.map((line) => `${line}\n`).join('');
  // Elsewhere it shows names in octal digits.
  return runProgram(['sftp', ...args], { input, cwd: folder, environment: { LC_ALL: 'C.UTF-8' } });
}

/** What keeps OpenSSH's programs from asking, and from what the machine's user has configured. */
export async function sshOptions(
  folder: string,
  key: Parameters<typeof keyPair>[0],
): Promise<readonly string[]> {
  const file = join(folder, `id_${key}`);
  await writeFile(file, keyPair(key).private, { mode: 0o600 });
  const settings = [
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
  ];
  return ['-F', 'none', '-i', file, ...settings.flatMap((setting) => ['-o', setting])];
}

/** Lets in whoever proves the key of that type. */
export function letInByKey(type: Parameters<typeof keyPair>[0], tree: FileTree, home = '/'): Authenticate {
  const blob = Buffer.from(keyPair(type).public.split(' ')[1] ?? '', 'base64');
  const login: Login = { openTree: async () => tree, home };
  return async ({ method }) => (method.kind === 'publickey' && blob.equals(method.key) ? login : undefined);
}
