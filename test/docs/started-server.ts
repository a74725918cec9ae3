import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { ROOT } from './documented.ts';

export interface StartedServer {
  readonly endpoint: string;
  /** As an operator does; gives the exit code. */
  stop(): Promise<number | null>;
}

/** `bin/orrery serve` in `folder`, as the documents start it but on a free port; ended with the test at the latest. */
export async function startServer(
  test: TestContext,
  folder: string,
  given: readonly string[] = [],
): Promise<StartedServer> {
  const child = spawn(join(ROOT, 'bin/orrery'), ['serve', '--listen', '127.0.0.1:0', ...given], {
    cwd: folder,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    return child.exitCode;
  };
  test.after(stop);
  return { endpoint: await readyEndpoint(child), stop };
}

/** Without settings of ours or of AWS's that the machine may have. */
export function plainEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:ORRERY|AWS)_/.test(name)));
}

async function readyEndpoint({ stdout, stderr }: ChildProcess): Promise<string> {
  if (stdout === null || stderr === null) throw new Error('the server has no output');
  let said = '';
  stderr.on('data', (text: Buffer) => {
    said += text;
  });
  for await (const line of createInterface({ input: stdout })) {
    const [, endpoint] = /^orrery ready on (\S+)$/.exec(line) ?? [];
    if (endpoint !== undefined) return endpoint;
  }
  throw new Error(`the server has ended before it was ready: ${said}`);
}
