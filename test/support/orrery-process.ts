import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { KEYS } from './serve-orrery.ts';

const PROGRAM = join(import.meta.dirname, '../../src/cli/cli.ts');

export interface OrreryProcess {
  readonly endpoint: string;
  /** Ends it without warning. */
  kill(): Promise<void>;
}

/** Starts `orrery serve` as a process of its own on a free port, killed with the test at the latest. */
export async function startOrrery(test: TestContext, given: readonly string[]): Promise<OrreryProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--listen', '127.0.0.1:0', ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ORRERY_ACCESS_KEY_ID: KEYS.accessKeyId,
      ORRERY_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
  });
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  test.after(kill);
  return { endpoint: await readyEndpoint(child), kill };
}

async function readyEndpoint(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('orrery has no standard output');
  for await (const line of createInterface(child.stdout)) {
    const [, endpoint] = /^orrery ready on (\S+)$/.exec(line) ?? [];
    if (endpoint !== undefined) return endpoint;
  }
  throw new Error('orrery has ended before it was ready');
}
