import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from '../load/signed-request.ts';
import { processUsage, type Usage } from '../measure/process-usage.ts';
import { launch, lineOf } from './child-process.ts';

export interface RunningOrrery {
  readonly endpoint: Endpoint;
  /** From the start of the process to its ready line, in milliseconds. */
  readonly startedInMs: number;
  readonly pid: number;
  usage(): Usage;
  stop(): Promise<void>;
}

/** `ORRERY_BENCH_SERVER` names another program that takes the same arguments and prints the same ready line. */
const program =
  process.env.ORRERY_BENCH_SERVER ?? fileURLToPath(new URL('../../bin/orrery', import.meta.url));
const keys = { accessKeyId: 'BENCHKEY', secretAccessKey: 'benchmark-secret' };

/** A server over the given data directory for as long as the work takes, whatever its outcome. */
export async function withOrrery<T>(data: string, work: (server: RunningOrrery) => Promise<T>): Promise<T> {
  const server = await startOrrery(data);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** Starts the server on a free port of the loopback, over the given data directory; `config` is its configuration file. */
export async function startOrrery(data: string, config: object = {}): Promise<RunningOrrery> {
  const file = join(data, 'bench.yaml');
  await writeFile(file, JSON.stringify(config));
  const begun = performance.now();
  const server = await launch({
    command: program,
    args: ['serve', '--listen', '127.0.0.1:0', '--data', data, '--config', file],
    env: { ORRERY_ACCESS_KEY_ID: keys.accessKeyId, ORRERY_SECRET_ACCESS_KEY: keys.secretAccessKey },
    errors: 'inherit',
  });
  const [, host, port] = await lineOf(server, /^orrery ready on http:\/\/([^:]+):(\d+)/);
  return {
    endpoint: { host: String(host), port: Number(port), region: 'us-east-1', ...keys },
    startedInMs: performance.now() - begun,
    pid: server.pid,
    usage: () => processUsage(server.pid),
    stop: server.stop,
  };
}
