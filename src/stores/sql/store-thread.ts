import { parentPort, workerData } from 'node:worker_threads';
import { Unavailable, VersionConflict } from '../../kernel/errors.ts';
import type { Store } from '../../kernel/store.ts';
import { openSqliteStore } from './sqlite.ts';
import type { CallToThread, FromThread, MethodArguments } from './threaded-store.ts';

/** Runs in a thread of its own: opens the store, says so, and answers calls in the order in which they come. */
async function serve(directory: string, send: (message: FromThread) => void): Promise<Store | undefined> {
  try {
    const store = await openSqliteStore(directory);
    send({ kind: 'opened', installationKey: store.installationKey });
    return store;
  } catch (error) {
    send({ kind: 'failed', ...describe(error) });
    return undefined;
  }
}

async function answer(store: Store, { call, ...asked }: CallToThread): Promise<FromThread> {
  try {
    return { kind: 'answer', call, value: await run(store, asked) };
  } catch (error) {
    return { kind: 'failed', call, ...describe(error) };
  }
}

async function run(store: Store, asked: MethodArguments): Promise<unknown> {
  if (asked.method !== 'load') return Reflect.apply(store[asked.method], store, asked.arguments);
  const loaded: unknown[] = [];
  for await (const each of store.load(...asked.arguments)) loaded.push(each);
  return loaded;
}

function describe(error: unknown): {
  readonly error: 'conflict' | 'unavailable' | 'other';
  readonly message: string;
} {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof VersionConflict) return { error: 'conflict', message };
  return { error: error instanceof Unavailable ? 'unavailable' : 'other', message };
}

const port = parentPort;
if (port !== null) {
  const store = await serve(workerData.directory, (message) => port.postMessage(message));
  if (store === undefined) port.close();
  port.on('message', async (asked: CallToThread) => {
    if (store === undefined) return;
    port.postMessage(await answer(store, asked));
    if (asked.method === 'close') port.close();
  });
}
