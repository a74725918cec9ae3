import pino from 'pino';
import { createSwf, swfKernelApi } from './apis/swf/index.ts';
import { ensureCredentials } from './config/credentials.ts';
import { type Config, type ConfigSources, type KeyConfig, loadConfig } from './config.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import type { EffectRunner } from './kernel/effects.ts';
import { Rejection, Unavailable } from './kernel/errors.ts';
import { createIds, newSecret, newUuid } from './kernel/ids.ts';
import { Kernel } from './kernel/kernel.ts';
import type { Store } from './kernel/store.ts';
import { LIMITS, limitValues } from './limits.ts';
import { compilePolicies } from './policy/policy.ts';
import {
  type Authenticate,
  authenticateByKey,
  authenticateNobody,
  type Principal,
} from './server/authenticate.ts';
import { serverLimitsFrom } from './server/limits.ts';
import { type Listening, listen } from './server/listen.ts';
import type { Log } from './server/log.ts';
import { openStore } from './stores/open-store.ts';

const HISTORY_CACHE_CHARACTERS = 32 * 1024 * 1024;

/** What calling a function comes to while none is configured. */
const noFunctions: EffectRunner = {
  leaseMs: 60_000,
  run: async () => {
    throw new Rejection('ResourceNotFoundException', 'Function not found');
  },
};

export interface ServeOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** In place of the configured one; tests bring their own. */
  readonly store?: Store;
  /** In place of the configured functions. */
  readonly lambda?: EffectRunner;
}

export interface Serving {
  readonly host: string;
  readonly port: number;
  /** Accepts nothing more, answers what waits, writes what is left, closes the store. */
  stop(): Promise<void>;
}

export interface Started {
  readonly serving: Serving;
  /** The file with the key pair that this first start made; absent when there were keys already. */
  readonly newCredentials: string | undefined;
}

/** Reads the configuration and serves it; rejects with what is wrong and where. */
export async function start(sources: Omit<ConfigSources, 'limits'>): Promise<Started> {
  const { config, newCredentials } = withCredentials(loadConfig({ ...sources, limits: LIMITS }));
  // JSON lines on standard error; standard output is for the ready line.
  const log = pino({ base: null }, pino.destination({ dest: 2, sync: true }));
  return { serving: await serve({ config, clock: systemClock, log }), newCredentials };
}

/** Without any key configured the first start makes a pair and keeps it in the data directory. */
function withCredentials(config: Config): { config: Config; newCredentials: string | undefined } {
  if (!config.auth || config.keys.length > 0) return { config, newCredentials: undefined };
  const { id, secret, created, path } = ensureCredentials(config.data, newSecret);
  const key: KeyConfig = { id, secret, account: undefined, sessionToken: undefined, policies: [] };
  return { config: { ...config, keys: [key] }, newCredentials: created ? path : undefined };
}

/** Builds everything and serves it; rejects with the reason when it cannot. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { config } = options;
  const storeUrl = config.store.kind === 'postgres' ? config.store.url : config.store.kind;
  const store = options.store ?? (await openStore({ url: storeUrl, dataDirectory: config.data }));
  try {
    const kernel = await openKernel(store, options);
    const listening = await open(kernel, store, options);
    return { host: listening.host, port: listening.port, stop: () => stop(listening, kernel, store) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function openKernel(store: Store, { lambda = noFunctions, log, clock }: ServeOptions): Promise<Kernel> {
  return Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: [swfKernelApi(lambda)],
    historyCacheCharacters: HISTORY_CACHE_CHARACTERS,
    onError: (error) => log.error({ err: error }, 'the kernel met an error'),
  });
}

function open(kernel: Kernel, store: Store, { config, clock, log }: ServeOptions): Promise<Listening> {
  const now = (): number => clock.now();
  const limits = limitValues(config.limits);
  return listen({
    ...config.listen,
    clock,
    log,
    authenticate: authenticator(config),
    apis: [createSwf({ kernel, now, tokenKey: store.installationKey, limits })],
    routes: [],
    gauges: [],
    ready: () => readiness(kernel),
    limits: serverLimitsFrom(limits),
    newRequestId: newUuid,
  });
}

function authenticator(config: Config): Authenticate {
  if (!config.auth) return authenticateNobody(config.account, config.region);
  return authenticateByKey(config.keys.map((key) => principal(key, config.account)));
}

function principal(key: KeyConfig, defaultAccount: string): Principal {
  const { id, secret, sessionToken, account = defaultAccount, policies } = key;
  const arn = `arn:aws:iam::${account}:user/${id}`;
  const allows = compilePolicies(policies);
  return {
    id,
    secret,
    account,
    arn,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(allows !== undefined && { allows }),
  };
}

/** The reason is what the store said, for whoever has to make room or change a disk. */
function readiness({ failure }: Kernel): { ok: boolean; reason?: string } {
  if (failure === undefined) return { ok: true };
  return {
    ok: false,
    reason: failure.cause instanceof Unavailable ? failure.cause.message : failure.message,
  };
}

async function stop(listening: Listening, kernel: Kernel, store: Store): Promise<void> {
  kernel.endPolls();
  await listening.stop();
  await kernel.stop();
  await store.close();
}
