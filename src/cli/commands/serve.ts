import { credentialsFile, ensureCredentials } from '../../config/credentials.ts';
import { type Config, loadConfig, OPTIONS } from '../../config.ts';
import { systemClock } from '../../kernel/clock.ts';
import { newSecret } from '../../kernel/ids.ts';
import { LIMITS } from '../../limits.ts';
import { createLog, type Serving, serve } from '../../main.ts';
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
  const { config: file, ...flags } = given as Record<string, string | undefined>;
  const folder = process.cwd();
  const config = withCredentials(
    loadConfig({ file, flags, environment: process.env, folder, limits: LIMITS }),
    (text) => stderr.write(text),
  );
  const told = stopSignal();
  const serving = await serve({ config, clock: systemClock, log: createLog() });
  stdout.write(`orrery ready on ${urlOf(serving)}\n`);
  await told;
  await serving.stop();
  return 0;
}

/** Without any key configured the first start makes a pair and keeps it in the data directory. */
function withCredentials(config: Config, say: (text: string) => unknown): Config {
  if (!config.auth || config.keys.length > 0) return config;
  const { id, secret, created } = ensureCredentials(config.data, newSecret);
  if (created) say(`orrery: made a key pair with full access; it is in ${credentialsFile(config.data)}\n`);
  return { ...config, keys: [{ id, secret, account: undefined, sessionToken: undefined, policies: [] }] };
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}

function urlOf({ host, port }: Serving): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
