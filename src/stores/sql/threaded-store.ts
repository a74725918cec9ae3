import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Unavailable, VersionConflict } from '../../kernel/errors.ts';
import type {
  ClosedExecution,
  ClosedFilter,
  ClosedQuery,
  HistoryQuery,
  JournalRow,
  Loaded,
  ShardBatch,
  Store,
  StoredExecution,
} from '../../kernel/store.ts';

type Method = Exclude<keyof Store, 'installationKey'>;
type Asked<M extends Method> = { readonly method: M; readonly arguments: Parameters<Store[M]> };

/** A call of one method of the store. */
export type MethodArguments = { [M in Method]: Asked<M> }[Method];
export type CallToThread = MethodArguments & { readonly call: number };

export type FromThread =
  | { readonly kind: 'opened'; readonly installationKey: Uint8Array }
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | {
      readonly kind: 'failed';
      /** Absent when the store could not be opened. */
      readonly call?: number;
      readonly error: 'conflict' | 'unavailable' | 'other';
      readonly message: string;
    };

/** Opens the SQLite store in a thread of its own: slow disks then delay replies, but never the other requests. */
export async function openThreadedStore(directory: string): Promise<Store> {
  const script = new URL('./store-thread.ts', import.meta.url);
  const worker = new Worker(script, { workerData: { directory } });
  const first = await firstMessage(worker);
  if (first.kind === 'opened') return new ThreadedStore(worker, Buffer.from(first.installationKey));
  throw first.kind === 'failed' ? toError(first) : new Error('the store thread did not open its store');
}

/** Rejects when the thread fails or ends before. */
function firstMessage(worker: Worker): Promise<FromThread> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`the store thread ended with ${code} before it had opened`)),
    );
  });
}

class ThreadedStore implements Store {
  readonly installationKey: Buffer;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastCall = 0;
  #ended: Error | undefined;

  constructor(worker: Worker, installationKey: Buffer) {
    this.installationKey = installationKey;
    this.#worker = worker;
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('error', (error) =>
      this.#end(new Unavailable(`the store thread failed: ${error}`, { cause: error })),
    );
    worker.on('exit', () => this.#end(new Unavailable('the store is closed')));
  }

  async commit(batch: readonly ShardBatch[]): Promise<void> {
    await this.#call({ method: 'commit', arguments: [batch] });
  }

  async *load(shards: readonly number[]): AsyncIterable<Loaded> {
    for (const shard of shards) {
      yield* (await this.#call({ method: 'load', arguments: [[shard]] })) as readonly Loaded[];
    }
  }

  async readExecution(shard: number, id: string): Promise<StoredExecution | undefined> {
    return (await this.#call({ method: 'readExecution', arguments: [shard, id] })) as
      | StoredExecution
      | undefined;
  }

  async readHistory(query: HistoryQuery): Promise<readonly JournalRow[]> {
    return (await this.#call({ method: 'readHistory', arguments: [query] })) as readonly JournalRow[];
  }

  async listClosed(query: ClosedQuery): Promise<readonly ClosedExecution[]> {
    return (await this.#call({ method: 'listClosed', arguments: [query] })) as readonly ClosedExecution[];
  }

  async countClosed(query: ClosedFilter): Promise<number> {
    return (await this.#call({ method: 'countClosed', arguments: [query] })) as number;
  }

  async expired(now: number, limit: number): ReturnType<Store['expired']> {
    return (await this.#call({ method: 'expired', arguments: [now, limit] })) as Awaited<
      ReturnType<Store['expired']>
    >;
  }

  async scopes(): ReturnType<Store['scopes']> {
    return (await this.#call({ method: 'scopes', arguments: [] })) as Awaited<ReturnType<Store['scopes']>>;
  }

  async probe(): Promise<void> {
    await this.#call({ method: 'probe', arguments: [] });
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    const exited = once(this.#worker, 'exit');
    await this.#call({ method: 'close', arguments: [] });
    await exited;
  }

  #call(asked: MethodArguments): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const call = ++this.#lastCall;
    const answered = Promise.withResolvers<unknown>();
    this.#waiting.set(call, answered);
    this.#worker.postMessage({ ...asked, call } satisfies CallToThread);
    return answered.promise;
  }

  #receive(message: FromThread): void {
    if (message.kind === 'opened' || message.call === undefined) return;
    const answered = this.#waiting.get(message.call);
    this.#waiting.delete(message.call);
    if (message.kind === 'answer') answered?.resolve(message.value);
    else answered?.reject(toError(message));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const answered of this.#waiting.values()) answered.reject(this.#ended);
    this.#waiting.clear();
  }
}

function toError({ error, message }: Extract<FromThread, { kind: 'failed' }>): Error {
  if (error === 'conflict') return new VersionConflict(message);
  return error === 'unavailable' ? new Unavailable(message) : new Error(message);
}
