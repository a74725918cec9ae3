import pino from 'pino';
import { CloudflowLink } from './apis/cloudflow/cloudflow-link.ts';
import { operationsInProcess, startFlowInProcess } from './apis/cloudflow/in-process.ts';
import {
  accountOfScope,
  cloudflowInvocations,
  cloudflowKernelApis,
  cloudflowSchedules,
  createCloudflow,
  openCloudflow,
} from './apis/cloudflow/index.ts';
import { acceptInvocation } from './apis/cloudflow/invocations/accept-invocation.ts';
import { cloudflowEffects, invocationEffects } from './apis/cloudflow/steps/index.ts';
import { tasksMayDo } from './apis/cloudflow/task-role.ts';
import { activityCaller } from './apis/swf/activity-calls/activity-caller.ts';
import { createSwf, swfKernelApi } from './apis/swf/index.ts';
import { ensureCredentials } from './config/credentials.ts';
import { type Config, type ConfigSources, type KeyConfig, loadConfig } from './config.ts';
import type { CallFunction } from './functions/call-function.ts';
import { createFunctions, type Functions } from './functions/functions.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { Unavailable } from './kernel/errors.ts';
import { createIds, newSecret, newUuid } from './kernel/ids.ts';
import { Kernel } from './kernel/kernel.ts';
import type { Store } from './kernel/store.ts';
import { LIMITS, limitValues } from './limits.ts';
import { compilePolicies } from './policy/policy.ts';
import { rolePolicies } from './policy/roles.ts';
import { createMessageQueues, queueKernelApi } from './queues/message-queues.ts';
import { ownApi } from './server/admin/executions/own-api.ts';
import type { GaugeSource } from './server/admin/metrics.ts';
import { queueRoutes } from './server/admin/queues/queue-routes.ts';
import {
  type Authentication,
  authenticateByKey,
  authenticateNobody,
  type Principal,
} from './server/authenticate.ts';
import { serverLimitsFrom } from './server/limits.ts';
import { type Listening, listen } from './server/listen.ts';
import type { Log } from './server/log.ts';
import { NonceLog } from './server/nonce-log.ts';
import { openStore } from './stores/open-store.ts';

const HISTORY_CACHE_CHARACTERS = 32 * 1024 * 1024;

export interface ServeOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** In place of the configured one; tests bring their own. */
  readonly store?: Store;
  /** In place of the configured functions. */
  readonly callFunction?: CallFunction;
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
  const opened = Promise.withResolvers<Kernel>();
  const functions = openFunctions(opened.promise, options);
  const link = new CloudflowLink();
  const store =
    options.store ?? (await openStore({ url: storeUrl, dataDirectory: config.data, writer: config.writer }));
  try {
    const kernel = await openKernel(store, { functions, opened: opened.promise, link }, options);
    opened.resolve(kernel);
    const nonces = openNonces(options);
    const listening = await openListener(kernel, { store, link, nonces }, options);
    return {
      host: listening.host,
      port: listening.port,
      stop: () => stop({ listening, nonces, kernel, functions, store }),
    };
  } catch (error) {
    await functions.stop();
    await store.close();
    throw error;
  }
}

function openFunctions(kernel: Promise<Kernel>, { config, clock, log }: ServeOptions): Functions {
  const limits = limitValues(config.limits);
  const { account, region } = config;
  return createFunctions(config.functions, {
    callActivity: activityCaller({ kernel, clock, world: { account, region } }),
    answerBytes: limits['functions.answerBytes'] ?? 0,
    concurrency: limits['functions.concurrency'] ?? 0,
    after: (milliseconds, call) => clock.at(clock.now() + milliseconds, call),
    print: (name, text) => log.info({ function: name }, text),
  });
}

interface BeforeKernel {
  readonly functions: Functions;
  readonly opened: Promise<Kernel>;
  readonly link: CloudflowLink;
}

function openKernel(store: Store, before: BeforeKernel, options: ServeOptions): Promise<Kernel> {
  const { callFunction = before.functions.call, log, clock } = options;
  return Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: [
      swfKernelApi(callFunction),
      queueKernelApi,
      ...cloudflowKernelApis({
        tokenKey: store.installationKey,
        link: before.link,
        effects: taskEffects(before, callFunction, options),
        invocationEffects: invocationEffects(callFunction),
      }),
    ],
    historyCacheCharacters: HISTORY_CACHE_CHARACTERS,
    onError: (error) => log.error({ err: error }, 'the kernel met an error'),
  });
}

function taskEffects(
  { functions, opened, link }: BeforeKernel,
  callFunction: CallFunction,
  options: ServeOptions,
) {
  const { config, clock } = options;
  const limits = limitValues(config.limits);
  const now = (): number => clock.now();
  const queues = opened.then((kernel) => createMessageQueues({ kernel, now, limits }));
  return cloudflowEffects({
    callFunction,
    hasFunction: callFunction === functions.call ? functions.has : () => true,
    acceptInvocation: acceptInvocation(link),
    sendMessage: async (message) => (await queues).send(message),
    startFlow: startFlowInProcess(link),
    operations: operationsInProcess(link),
    settings: config.cloudflow,
    limits,
    clock,
    accountOf: accountOfScope,
    ...((config.roles.length > 0 || config.strictRoles) && { mayDo: tasksMayDo(link) }),
  });
}

interface Kept {
  readonly store: Store;
  readonly link: CloudflowLink;
  readonly nonces: NonceLog | undefined;
}

/** What an in-memory store forgets, its nonces may be forgotten with. */
function openNonces({ config, store, clock, log }: ServeOptions): NonceLog | undefined {
  const isKept = config.auth && config.store.kind === 'sqlite' && store === undefined;
  return isKept ? new NonceLog({ directory: config.data, clock, log }) : undefined;
}

async function openListener(
  kernel: Kernel,
  { store, link, nonces }: Kept,
  options: ServeOptions,
): Promise<Listening> {
  const { config, clock, log } = options;
  const now = (): number => clock.now();
  const limits = limitValues(config.limits);
  const { host } = config.listen;
  let { port } = config.listen;
  const tokenKey = store.installationKey;
  const endpoint = (): string => `${host}:${port}`;
  const roles = rolePolicies(config.roles, config.strictRoles);
  const cloudflow = openCloudflow({ kernel, clock, tokenKey, limits, roles, endpoint }, link);
  const apis = [createSwf({ kernel, now, tokenKey, limits }), createCloudflow(cloudflow)];
  try {
    const listening = await listen({
      ...config.listen,
      clock,
      log,
      authentication: authenticator(config, nonces),
      apis,
      routes: [
        ...ownApi({
          systems: [...apis, cloudflowSchedules(cloudflow), cloudflowInvocations(cloudflow)],
          kernel,
          clock,
        }),
        ...queueRoutes({ queues: createMessageQueues({ kernel, now, limits }), newId: newUuid }),
      ],
      gauges: kernelGauges(kernel),
      ready: () => readiness(kernel),
      limits: serverLimitsFrom(limits),
      newRequestId: newUuid,
    });
    port = listening.port;
    return listening;
  } catch (error) {
    // Its timers would keep the process alive.
    await kernel.stop();
    throw error;
  }
}

function kernelGauges(kernel: Kernel): readonly GaugeSource[] {
  return [
    {
      name: 'orrery_open_executions',
      help: 'Executions that are open.',
      read: () => kernel.load.openExecutions,
    },
    {
      name: 'orrery_waiting_polls',
      help: 'Polls that wait for a task.',
      read: () => kernel.load.waitingPolls,
    },
    {
      name: 'orrery_pending_tasks',
      help: 'Tasks that wait for a poll.',
      read: () => kernel.load.pendingTasks,
    },
    {
      name: 'orrery_timers',
      help: 'Wake times and other timers that are set.',
      read: () => kernel.load.timers,
    },
    {
      name: 'orrery_store_failing',
      help: '1 while the store cannot write, else 0.',
      read: () => (kernel.failure === undefined ? 0 : 1),
    },
  ];
}

function authenticator(config: Config, nonces: NonceLog | undefined): Authentication {
  if (!config.auth) return authenticateNobody(config.account, config.region);
  return authenticateByKey(
    config.keys.map((key) => principal(key, config.account)),
    config.region,
    nonces,
  );
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

interface Parts {
  readonly listening: Listening;
  readonly nonces: NonceLog | undefined;
  readonly kernel: Kernel;
  readonly functions: Functions;
  readonly store: Store;
}

async function stop({ listening, nonces, kernel, functions, store }: Parts): Promise<void> {
  kernel.endPolls();
  await listening.stop();
  await nonces?.close();
  await kernel.stop();
  await functions.stop();
  await store.close();
}
