import { createSwf, swfKernelApi } from './apis/swf/index.ts';
import type { Clock } from './kernel/clock.ts';
import type { EffectRunner } from './kernel/effects.ts';
import { createIds, newUuid } from './kernel/ids.ts';
import { Kernel } from './kernel/kernel.ts';
import type { Store } from './kernel/store.ts';
import type { Authenticate } from './server/authenticate.ts';
import type { ServerLimits } from './server/limits.ts';
import { type Listening, listen } from './server/listen.ts';
import type { Log } from './server/log.ts';
import { openStore } from './stores/open-store.ts';

const HISTORY_CACHE_CHARACTERS = 32 * 1024 * 1024;

export interface ServeOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly storeUrl: string;
  readonly dataDirectory: string;
  readonly authenticate: Authenticate;
  readonly serverLimits: ServerLimits;
  readonly lambda: EffectRunner;
  readonly log: Log;
  readonly clock: Clock;
}

export interface Serving {
  readonly host: string;
  readonly port: number;
  /** Accepts nothing more, answers what waits, writes what is left, closes the store. */
  stop(): Promise<void>;
}

/** Builds everything and serves it; rejects with the reason when it cannot. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const store = await openStore({ url: options.storeUrl, dataDirectory: options.dataDirectory });
  try {
    const kernel = await openKernel(store, options);
    const listening = await open(kernel, store, options);
    return { host: listening.host, port: listening.port, stop: () => stop(listening, kernel, store) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function openKernel(store: Store, { lambda, log, clock }: ServeOptions): Promise<Kernel> {
  return Kernel.open({
    store,
    clock,
    ids: createIds(),
    apis: [swfKernelApi(lambda)],
    historyCacheCharacters: HISTORY_CACHE_CHARACTERS,
    onError: (error) => log.error({ err: error }, 'the kernel met an error'),
  });
}

function open(kernel: Kernel, store: Store, options: ServeOptions): Promise<Listening> {
  const { host, port, authenticate, serverLimits, log, clock } = options;
  const now = (): number => clock.now();
  return listen({
    host,
    port,
    authenticate,
    log,
    apis: [createSwf({ kernel, now, tokenKey: store.installationKey })],
    routes: [],
    gauges: [],
    ready: () => readiness(kernel),
    limits: serverLimits,
    clock,
    newRequestId: newUuid,
  });
}

function readiness(kernel: Kernel): { ok: boolean; reason?: string } {
  const { failure } = kernel;
  return failure === undefined ? { ok: true } : { ok: false, reason: failure.message };
}

async function stop(listening: Listening, kernel: Kernel, store: Store): Promise<void> {
  kernel.endPolls();
  await listening.stop();
  await kernel.stop();
  await store.close();
}
