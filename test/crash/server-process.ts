import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from '../../bench/load/signed-request.ts';

/** `bin/orrery serve` as an operator would start it. */
export interface ServerProcess {
  readonly endpoint: Endpoint;
  /** When it said that it was ready, in epoch milliseconds. */
  readonly readyAt: number;
  readonly pid: number;
  /** What it wrote to standard error. */
  readonly log: () => string;
  /** Sends the signal at once; resolves with the exit code once the process has gone, null after SIGKILL. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

const program = fileURLToPath(new URL('../../bin/orrery', import.meta.url));
export const KEYS = { accessKeyId: 'CRASHKEY', secretAccessKey: 'a-secret-of-the-crash-test' };

/** `wrapper` is a command that runs the one behind it, in the same process; `flags` are more of `orrery serve`. */
export async function startServer(
  data: string,
  wrapper: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const child = launch(data, wrapper, flags);
  const gone = once(child, 'close').then(([code]) => code as number | null);
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const address = await readyLine(child);
  if (address === undefined) throw new Error(`the server did not start: ${await gone} ${log}`);
  return {
    endpoint: { ...address, region: 'us-east-1', ...KEYS },
    readyAt: Date.now(),
    pid: child.pid ?? 0,
    log: () => log,
    end: (signal) => {
      child.kill(signal);
      return gone;
    },
  };
}

/** Starts a server and kills it while it reads its store, or even before. */
export async function killWhileStarting(
  data: string,
  afterMs: number,
  flags: readonly string[] = [],
): Promise<void> {
  const child = launch(data, [], flags);
  const gone = once(child, 'close');
  child.stdout?.resume();
  child.stderr?.resume();
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  await gone;
  clearTimeout(timer);
}

function launch(data: string, wrapper: readonly string[], flags: readonly string[]): ChildProcess {
  const command = [...wrapper, program, 'serve', '--listen', '127.0.0.1:0', '--data', data, ...flags];
  const child = spawn(command[0] ?? program, command.slice(1), {
    env: {
      ...process.env,
      ORRERY_ACCESS_KEY_ID: KEYS.accessKeyId,
      ORRERY_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.removeListener('exit', kill));
  return child;
}

async function readyLine(child: ChildProcess): Promise<{ host: string; port: number } | undefined> {
  if (child.stdout === null) return undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, host, port] = /^orrery ready on http:\/\/([^:]+):(\d+)$/.exec(line) ?? [];
    if (host !== undefined) return { host, port: Number(port) };
  }
  return undefined;
}
