import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError, Problem, printPath } from './config/problem.ts';
import { fields, file, flag, mapOf, type Place, type Read, wholeNumber } from './config/read.ts';
import { account, listen, region, SECTIONS, store } from './config/schema.ts';
import { parseYaml, type Source } from './config/yaml.ts';

/** A simple setting: a key of the file, a variable of the environment, sometimes an option of the command line. */
export interface Option {
  readonly name: string;
  readonly environment: string;
  /** Also `--name` on the command line. */
  readonly flag: boolean;
  readonly default: string;
  readonly meaning: string;
}

const SIMPLE = [
  { name: 'account', flag: false, default: '000000000000', meaning: 'account number in ARNs' },
  { name: 'region', flag: false, default: 'us-east-1', meaning: 'region of requests that name none' },
  {
    name: 'listen',
    flag: true,
    default: '127.0.0.1:7400',
    meaning: 'HOST:PORT to listen on; port 0 takes a free one',
  },
  { name: 'data', flag: true, default: './orrery-data', meaning: 'directory for everything that is kept' },
  {
    name: 'store',
    flag: true,
    default: 'sqlite',
    meaning: 'sqlite, or postgres://user:password@host/database',
  },
  {
    name: 'auth',
    flag: false,
    default: 'on',
    meaning: 'off believes every caller; only on a loopback address',
  },
] as const;

export const OPTIONS: readonly Option[] = SIMPLE.map((option) => ({
  ...option,
  environment: `ORRERY_${option.name.toUpperCase()}`,
}));

const READERS = { account, region, listen, data: file, store, auth: flag };
type Simple = { readonly [K in keyof typeof READERS]: ReturnType<(typeof READERS)[K]> };
type Sections = { readonly [K in keyof typeof SECTIONS]: ReturnType<(typeof SECTIONS)[K]> };

/** Everything that can be configured, checked, with absolute paths. */
export type Config = Simple &
  Sections & {
    readonly limits: Readonly<Record<string, number>>;
    /** From the environment alone: what lies beside the sealed texts in a file protects nothing. */
    readonly masterKey: string | undefined;
  };
export type KeyConfig = Config['keys'][number];

export interface ConfigSources {
  /** The configuration file; none is read without it. */
  readonly file?: string | undefined;
  /** From the command line, by option name. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What relative paths of flags and environment start from. */
  readonly folder: string;
  readonly limits: readonly { readonly name: string }[];
}

/** Command line before environment before file before default. Throws `ConfigError` saying where and why. */
export function loadConfig(sources: ConfigSources): Config {
  const path = sources.file ?? (sources.environment.ORRERY_CONFIG || undefined);
  const source = path === undefined ? NOTHING : readSource(resolve(sources.folder, path), path);
  const folder = path === undefined ? sources.folder : dirname(resolve(sources.folder, path));
  try {
    const limits = limitsOf(sources.limits.map(({ name }) => name));
    const place: Place = { path: [], folder };
    // A bad value in the file is reported even where something else overrides it.
    const written = fields({ ...optionalReaders(), ...SECTIONS, limits })(source.value, place);
    const config = {
      ...written,
      ...simpleOptions(written, sources),
      keys: [...written.keys, ...environmentKeys(sources)],
      masterKey: sources.environment.ORRERY_MASTER_KEY || undefined,
    };
    checkAuth(config);
    return config;
  } catch (error) {
    throw error instanceof Problem ? source.locate(error) : error;
  }
}

const NOTHING: Source = {
  value: {},
  locate: ({ path, reason }) => new ConfigError(`${printPath(path)}: ${reason}`),
};

function readSource(path: string, shown: string): Source {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigError(`${shown}: cannot be read (${code})`);
  }
  return parseYaml(content, shown);
}

/** The readers of the simple options, an absent one giving undefined. */
function optionalReaders(): { [K in keyof typeof READERS]: Read<Simple[K] | undefined> } {
  const entries = Object.entries(READERS).map(([name, read]) => [
    name,
    (value: unknown, place: Place) =>
      value === undefined || value === null ? undefined : read(value, place),
  ]);
  return Object.fromEntries(entries);
}

function simpleOptions(
  written: { readonly [K in keyof Simple]: Simple[K] | undefined },
  { flags, environment, folder }: ConfigSources,
): Simple {
  const entries = OPTIONS.map(({ name, environment: variable, flag: flagged, default: fallback }) => {
    const key = name as keyof Simple;
    const read: Read<Simple[keyof Simple]> = READERS[key];
    const fromFlag = flagged ? flags[name] : undefined;
    if (fromFlag !== undefined) return [name, outside(read, fromFlag, { path: [`--${name}`], folder })];
    const fromEnvironment = environment[variable];
    if (fromEnvironment) return [name, outside(read, fromEnvironment, { path: [variable], folder })];
    return [name, written[key] ?? read(fallback, { path: [name], folder })];
  });
  return Object.fromEntries(entries);
}

/** What is not in the file has no line, only the name it was given under. */
function outside<T>(read: Read<T>, value: string, place: Place): T {
  try {
    return read(value, place);
  } catch (error) {
    throw error instanceof Problem ? NOTHING.locate(error) : error;
  }
}

const limitsOf = (known: readonly string[]): Read<Readonly<Record<string, number>>> => {
  const names = new Set(known);
  const values = mapOf(wholeNumber);
  return (value, place) => {
    const limits = values(value, place);
    for (const name of Object.keys(limits))
      if (!names.has(name))
        throw new Problem([...place.path, name], 'is not a known limit; see docs/limits.md');
    return limits;
  };
};

function environmentKeys({ environment }: ConfigSources): readonly KeyConfig[] {
  const id = environment.ORRERY_ACCESS_KEY_ID;
  const secret = environment.ORRERY_SECRET_ACCESS_KEY;
  if (!id && !secret) return [];
  if (!id || !secret)
    throw new ConfigError('ORRERY_ACCESS_KEY_ID and ORRERY_SECRET_ACCESS_KEY must be set together');
  return [{ id, secret, account: undefined, sessionToken: undefined, policies: [] }];
}

function checkAuth(config: Config): void {
  if (!config.auth && !isLoopback(config.listen.host))
    throw new Problem(['auth'], 'can be off only when listening on a loopback address');
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
