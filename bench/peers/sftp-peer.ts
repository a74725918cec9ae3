import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Files with private keys; the public ones lie beside them as `.pub`. */
export interface SftpKeys {
  readonly host: string;
  readonly user: string;
}

export interface RunningSftp {
  readonly port: number;
  readonly user: string;
  /** Where the user may write, as the client names it. */
  readonly root: string;
  /** Since its start, sessions that have ended included. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Our side. */
export interface RunningOurs extends RunningSftp {
  /** Of a page that answers as long as the event loop turns. */
  readonly pageUrl: string;
  rssMb(): number;
}

/** As `bin/orrery` has it, for processes that are not started by it. */
export const LAUNCHER_FLAGS = [
  '--max-semi-space-size=16',
  '--no-parallel-scavenge',
  '--heap-growing-percent=100',
  '--disable-warning=ExperimentalWarning',
];

const execute = promisify(execFile);

/** Made with OpenSSH's own program. */
export async function makeSftpKeys(directory: string): Promise<SftpKeys> {
  const make = async (name: string): Promise<string> => {
    const file = join(directory, name);
    await execute('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file]);
    return file;
  };
  return { host: await make('host-key'), user: await make('user-key') };
}
