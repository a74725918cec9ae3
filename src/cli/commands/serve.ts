import { once } from 'node:events';
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

/** Exit code 0 after SIGTERM or SIGINT, also while it starts. */
export async function run({ options: given, stdout, stderr }: Invocation): Promise<number> {
  const { config: file, ...flags } = given as Readonly<Record<string, string | undefined>>;
  const told = stopSignal();
  const sources = { file, flags, environment: process.env, folder: process.cwd() };
  const started = await start(sources, told).catch((error: unknown) => {
    if (error !== told.reason) throw error;
  });
  if (started === undefined) return 0;
  const { serving, newCredentials } = started;
  if (newCredentials !== undefined) {
    stderr.write(`orrery: made a key pair with full access; it is in ${newCredentials}\n`);
  }
  stdout.write(`orrery ready on ${urlOf(serving)}\n`);
  if (!told.aborted) await once(told, 'abort');
  await serving.stop();
  return 0;
}

function stopSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGTERM', () => controller.abort());
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

function urlOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
