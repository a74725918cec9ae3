import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processUsage } from '../measure/process-usage.ts';
import { launch, lineOf } from './child-process.ts';

/** Files with private keys; the public ones lie beside them as `.pub`. */
export interface SftpKeys {
  readonly host: string;
  readonly user: string;
}

export interface RunningSftp {
  readonly port: number;
  readonly user: string;
  /** What clients see as `/`, or where their absolute paths start. */
  readonly root: string;
  /** Since its start. */
  cpuMs(): number;
  stop(): Promise<void>;
}

export interface RunningAlone extends RunningSftp {
  /** Answers as long as the event loop turns. */
  readonly httpPort: number;
  rssMb(): number;
}

/** Our listener in a process of its own, over a directory. */
export async function startAlone(directory: string, keys: SftpKeys): Promise<RunningAlone> {
  const program = fileURLToPath(new URL('./sftp-alone.ts', import.meta.url));
  const flags = ['--max-semi-space-size=16', program];
  const files = ['--directory', directory, '--host-key', keys.host, '--user-key', `${keys.user}.pub`];
  const server = await launch({
    command: process.execPath,
    env: process.env.PROF ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${process.env.PROF}` } : {},
    args: [...flags, ...files],
    cwd: join(directory),
    errors: 'inherit',
  });
  const [, port, httpPort] = await lineOf(server, /^sftp ready on (\d+), http on (\d+)/);
  return {
    port: Number(port),
    httpPort: Number(httpPort),
    user: 'bench',
    root: '',
    cpuMs: () => processUsage(server.pid).cpuMs,
    rssMb: () => processUsage(server.pid).rssMb,
    stop: server.stop,
  };
}
