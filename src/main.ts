import pino from 'pino';
import { activityCaller } from './apis/swf/activity-calls/activity-caller.ts';
import { authenticator, openNonces } from './composition/authentication.ts';
import { kernelGauges, readiness } from './composition/gauges.ts';
import type { ServeOptions } from './composition/serve-options.ts';
import type { OpenSystem, Surroundings, System } from './composition/system.ts';
import { createSystems } from './composition/systems.ts';
import { ensureCredentials } from './config/credentials.ts';
import { type Config, type ConfigSources, type KeyConfig, loadConfig } from './config.ts';
import { createFunctions, type Functions } from './functions/functions.ts';
import { systemClock } from './kernel/clock.ts';
import { countedUuids, createIds, newSecret, newUuid } from './kernel/ids.ts';
import { Kernel } from './kernel/kernel.ts';
import type { Store } from './kernel/store.ts';
import { LIMITS, limitValues } from './limits.ts';
import { rolePolicies } from './policy/roles.ts';
import { createMessageQueues, queueKernelApi } from './queues/message-queues.ts';
import { ownApi } from './server/admin/executions/own-api.ts';
import { queueRoutes } from './server/admin/queues/queue-routes.ts';
import { serverLimitsFrom } from './server/limits.ts';
import { type Listening, listen } from './server/listen.ts';
import type { NonceLog } from './server/nonce-log.ts';
import { openStore } from './stores/open-store.ts';

const HISTORY_CACHE_CHARACTERS = 32 * 1024 * 1024;

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

/** Reads the configuration and serves it; rejects with what is wrong and where, or with the signal's reason. */
export async function start(sources: Omit<ConfigSources, 'limits'>, signal?: AbortSignal): Promise<Started> {
  const { config, newCredentials } = withCredentials(loadConfig({ ...sources, limits: LIMITS }));
  // JSON lines on standard error; standard output is for the ready line.
  const log = pino({ base: null }, pino.destination({ dest: 2, sync: true }));
  return { serving: await serve({ config, clock: systemClock, log, signal }), newCredentials };
}

/** Without any key configured the first start makes a pair and keeps it in the data directory. */
function withCredentials(config: Config): { config: Config; newCredentials: string | undefined } {
  if (!config.auth || config.keys.length > 0) return { config, newCredentials: undefined };
  const { id, secret, created, path } = ensureCredentials(config.data, newSecret);
  const key: KeyConfig = { id, secret, account: undefined, sessionToken: undefined, policies: [] };
  return { config: { ...config, keys: [key] }, newCredentials: created ? path : undefined };
}

/** What has been built so far, in the order in which it is to be taken down. */
type Undo = (() => unknown)[];

/** Builds everything and serves it; rejects with the reason when it cannot, with all of it taken down. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const undo: Undo = [];
  const stop = (): Promise<void> => takeDown(undo);
  try {
    const { host, port } = await build(options, (step) => undo.unshift(step));
    return { host, port, stop };
  } catch (error) {
    await stop().catch((second) => options.log.error({ err: second }, 'not all could be taken down'));
    throw error;
  }
}

/** All of it, whatever fails on the way; rejects with the first failure. */
async function takeDown(steps: Undo): Promise<void> {
  const outcomes: PromiseSettledResult<unknown>[] = [];
  for (const step of steps) outcomes.push(...(await Promise.allSettled([(async () => step())()])));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
}

/** `atEnd` remembers how to take down what has just been built; what was built last goes first. */
async function build(options: ServeOptions, atEnd: (step: () => unknown) => void): Promise<Listening> {
  const { config, clock, signal } = options;
  const limits = limitValues(config.limits);
  const store = options.store ?? (await openConfiguredStore(config));
  atEnd(() => store.close());
  const kernel = Promise.withResolvers<Kernel>();
  const functions = openFunctions(kernel.promise, limits, options);
  atEnd(() => functions.stop());
  const address = { ...config.listen };
  const surroundings: Surroundings = {
    options,
    store,
    functions,
    callFunction: options.callFunction ?? functions.call,
    limits,
    roles: rolePolicies(config.roles, config.strictRoles),
    now: () => clock.now(),
    endpoint: () => `${address.host}:${address.port}`,
    kernel: kernel.promise,
  };
  const systems = createSystems(surroundings);
  const opened = await openKernel(store, systems, options);
  const open: OpenSystem[] = [];
  // The storage that others use is opened first and closed last.
  for (const place of systems.keys()) atEnd(() => open[place]?.close?.());
  atEnd(() => opened.stop());
  signal?.throwIfAborted();
  kernel.resolve(opened);
  for (const system of systems) open.push(system.open(opened));
  const nonces = openNonces(options);
  atEnd(() => nonces?.close());
  for (const { resume, end } of open) {
    atEnd(() => end?.());
    await resume?.();
    signal?.throwIfAborted();
  }
  const listening = await listenFor(opened, { systems: open, nonces, limits }, options);
  atEnd(() => listening.stop());
  atEnd(() => opened.endPolls());
  address.port = listening.port;
  return listening;
}

function openConfiguredStore({ store, data, writer }: Config): Promise<Store> {
  const url = store.kind === 'postgres' ? store.url : store.kind;
  return openStore({ url, dataDirectory: data, writer });
}

function openFunctions(
  kernel: Promise<Kernel>,
  limits: Readonly<Record<string, number>>,
  { config, clock, log }: ServeOptions,
): Functions {
  const { account, region } = config;
  return createFunctions(config.functions, {
    callActivity: activityCaller({ kernel, clock, world: { account, region } }),
    answerBytes: limits['functions.answerBytes'] ?? 0,
    concurrency: limits['functions.concurrency'] ?? 0,
    after: (milliseconds, call) => clock.at(clock.now() + milliseconds, call),
    print: (name, text) => log.info({ function: name }, text),
  });
}

function openKernel(
  store: Store,
  systems: readonly System[],
  { clock, log, signal }: ServeOptions,
): Promise<Kernel> {
  return Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: [queueKernelApi, ...systems.flatMap(({ kernelApis }) => kernelApis)],
    historyCacheCharacters: HISTORY_CACHE_CHARACTERS,
    onError: (error) => log.error({ err: error }, 'the kernel met an error'),
    signal,
  });
}

interface Served {
  readonly systems: readonly OpenSystem[];
  readonly nonces: NonceLog | undefined;
  readonly limits: Readonly<Record<string, number>>;
}

function listenFor(
  kernel: Kernel,
  { systems, nonces, limits }: Served,
  { config, clock, log }: ServeOptions,
): Promise<Listening> {
  const now = (): number => clock.now();
  return listen({
    ...config.listen,
    clock,
    log,
    authentication: authenticator(config, nonces),
    apis: systems.flatMap(({ apis }) => apis),
    routes: [
      ...ownApi({ systems: systems.flatMap(({ visible }) => visible), kernel, clock }),
      ...queueRoutes({ queues: createMessageQueues({ kernel, now, limits }), newId: newUuid }),
    ],
    gauges: kernelGauges(kernel),
    ready: () => readiness(kernel),
    limits: serverLimitsFrom(limits),
    newRequestId: countedUuids(),
  });
}
