import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { FilesError } from '../files-error.ts';
import type { ToHashThread } from './hash-thread.ts';
import type { Hasher, Hashing } from './hasher.ts';

const MOST_THREADS = 4;

/** Hashes in threads of its own, which start when they are first needed and keep no process alive. */
export class ThreadedHasher implements Hasher {
  readonly #threads: HashThread[] = Array.from(
    { length: Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1)) },
    () => new HashThread(),
  );
  #streams = 0;

  begin(): Hashing {
    this.#streams += 1;
    const stream = this.#streams;
    const thread = this.#threads[stream % this.#threads.length] as HashThread;
    return {
      update: async (bytes) => {
        await thread.ask({ stream, kind: 'bytes', bytes });
      },
      digest: async () => (await thread.ask({ stream, kind: 'digest' })) ?? '',
      drop: () => thread.tell({ stream, kind: 'drop' }),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

class HashThread {
  #worker: Worker | undefined;
  /** Answers come in the order of questions. */
  readonly #waiting: PromiseWithResolvers<string | undefined>[] = [];

  ask(message: ToHashThread): Promise<string | undefined> {
    const worker = this.#started();
    const asked = Promise.withResolvers<string | undefined>();
    if (this.#waiting.push(asked) === 1) worker.ref();
    worker.postMessage(message);
    return asked.promise;
  }

  tell(message: ToHashThread): void {
    this.#worker?.postMessage(message);
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./hash-thread.ts', import.meta.url));
    worker.unref();
    worker.on('message', (digest: string | undefined) => {
      this.#waiting.shift()?.resolve(digest);
      if (this.#waiting.length === 0) worker.unref();
    });
    worker.on('error', (error) => this.#fail(worker, error));
    worker.on('exit', (code) => this.#fail(worker, new Error(`the thread ended with ${code}`)));
    this.#worker = worker;
    return worker;
  }

  /** What was being hashed is lost; the next content starts a new thread. */
  #fail(worker: Worker, cause: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const failure = new FilesError('unavailable', 'A thread that computes hashes has failed', { cause });
    for (const asked of this.#waiting.splice(0)) asked.reject(failure);
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
