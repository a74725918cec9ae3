import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What the child may write to our standard error: its own, or nothing. */
  readonly errors: 'inherit' | 'ignore';
}

export interface Launched {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Sends SIGTERM, and SIGKILL when the process is still there after 15 s; resolves when it has ended. */
  stop(): Promise<void>;
}

export async function launch({ command, args, cwd, env, errors }: Launch): Promise<Launched> {
  const child = spawn(command, args, {
    ...(cwd ? { cwd } : {}),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', errors],
  });
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    const impatient = setTimeout(kill, 15_000);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(impatient);
    process.removeListener('exit', kill);
  };
  return { pid: child.pid ?? 0, child, stop };
}

/** The first line of standard output that matches; later output is read and dropped. Rejects when the child ends first. */
export function lineOf(launched: Launched, pattern: RegExp): Promise<RegExpExecArray> {
  const { child } = launched;
  if (!child.stdout) throw new Error('the child has no standard output');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const match = pattern.exec(line);
      if (match) resolve(match);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
}
