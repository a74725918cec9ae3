import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { plainEnvironment } from '../support/orrery-process.ts';

export interface Surroundings {
  readonly folder: string;
  /** Texts to put in place of others, as the address of the test's own server. */
  readonly instead?: Readonly<Record<string, string>>;
}

/** Runs shell commands as a document has them, stopping at the first that fails; gives their standard output. */
export async function runShell(script: string, { folder, instead = {} }: Surroundings): Promise<string> {
  let commands = script;
  for (const [written, real] of Object.entries(instead)) {
    if (!commands.includes(written)) throw new Error(`the commands do not mention ${written}`);
    commands = commands.replaceAll(written, real);
  }
  const env = {
    ...plainEnvironment(),
    // The Node of the repository, as in npm scripts.
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_PAGER: '',
  };
  const { stdout } = await promisify(execFile)('sh', ['-euc', commands], { cwd: folder, env });
  return stdout;
}
