import { OPTIONS } from '../../config.ts';
import { start } from '../../main.ts';
import type { Invocation, Option } from '../command.ts';

export const name = 'serve';
export const summary = 'serve the APIs until told to stop';
export const options: readonly Option[] = [
  { flags: '--config <FILE>', meaning: 'configuration file (ORRERY_CONFIG)' },
  ...OPTIONS.filter(({ flag }) => flag).map(({ name: long, meaning, default: fallback, environment }) => ({
    flags: `--${long} <VALUE>`,
    meaning: `${meaning} (${environment}; ${fallback})`,
  })),
];

/** Exit code 0 after SIGTERM or SIGINT. */
export async function run({ options: given, stdout, stderr }: Invocation): Promise<number> {
  const { config: file, ...flags } = given as Readonly<Record<string, string | undefined>>;
  const told = stopSignal();
  const { serving, newCredentials } = await start({
    file,
    flags,
    environment: process.env,
    folder: process.cwd(),
  });
  if (newCredentials !== undefined) {
    stderr.write(`orrery: made a key pair with full access; it is in ${newCredentials}\n`);
  }
  stdout.write(`orrery ready on ${urlOf(serving)}\n`);
  await told;
  await serving.stop();
  return 0;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}

function urlOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
