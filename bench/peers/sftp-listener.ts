import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processUsage } from '../measure/process-usage.ts';
import { launch, lineOf } from './child-process.ts';
import { LAUNCHER_FLAGS, type RunningOurs, type SftpKeys } from './sftp-peer.ts';

/** Our listener in a process of its own, over a new directory and nothing else. */
export async function startListener(directory: string, keys: SftpKeys): Promise<RunningOurs> {
  const program = fileURLToPath(new URL('./sftp-alone.ts', import.meta.url));
  const files = join(directory, 'listener');
  await mkdir(files);
  const options = ['--directory', files, '--host-key', keys.host, '--user-key', `${keys.user}.pub`];
  const server = await launch({
    command: process.execPath,
    args: [...LAUNCHER_FLAGS, program, ...options],
    env: { MALLOC_ARENA_MAX: '2' },
    errors: 'inherit',
  });
  const [, port, httpPort] = await lineOf(server, /^sftp ready on (\d+), http on (\d+)/);
  return {
    port: Number(port),
    user: 'bench',
    root: '',
    pageUrl: `http://127.0.0.1:${httpPort}/`,
    cpuMs: () => processUsage(server.pid).cpuMs,
    rssMb: () => processUsage(server.pid).rssMb,
    stop: server.stop,
  };
}
