import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';

const LAUNCHER = join(import.meta.dirname, '../../bin/orrery');

export interface OrreryProcess {
  readonly endpoint: string;
  /** As an operator does it, or without warning by SIGKILL; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface OrreryProcessOptions {
  readonly folder: string;
  /** Beside `serve` and the free port. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Hears all that the process prints. */
  readonly heard?: (text: string) => void;
}

/** `bin/orrery serve` in a folder, as the documents start it but on a free port; ended with the test at the latest. */
export async function startOrrery(
  test: TestContext,
  { folder, flags = [], environment = {}, heard }: OrreryProcessOptions,
): Promise<OrreryProcess> {
  const child = spawn(LAUNCHER, ['serve', '--listen', '127.0.0.1:0', ...flags], {
    cwd: folder,
    env: { ...plainEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (heard !== undefined)
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => heard(String(text)));
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  test.after(() => stop());
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
