import { spawn, spawnSync } from 'node:child_process';

export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunProgram {
  readonly input?: string;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program to its end; this process goes on serving meanwhile. */
export async function runProgram(
  command: readonly string[],
  { input = '', cwd, environment = {} }: RunProgram = {},
): Promise<ProgramResult> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd, env: { ...process.env, ...environment } });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject).once('close', resolve);
  const [stdout, stderr] = [child.stdout, child.stderr].map(async (stream) => {
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece as Buffer);
    return Buffer.concat(pieces).toString();
  });
  child.stdin.on('error', () => {}).end(input);
  return { code: await promise, stdout: (await stdout) ?? '', stderr: (await stderr) ?? '' };
}

/** For `skip`: false when the program is there. */
export function isMissing(program: string, debianPackage: string): string | false {
  const found = spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0;
  return found ? false : `${program} is not installed (Debian: ${debianPackage})`;
}
