import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { NewJob } from './job-messages.ts';

interface Running {
  readonly worker: Worker;
  readonly failures: Set<(error: Error) => void>;
  /** While there is nothing to do: calls off its end. */
  stay: (() => void) | undefined;
}

/** Calls back when a thread that has nothing to do has been kept for long enough; gives a function that calls it off. */
export type AfterIdle = (end: () => void) => () => void;

/**
 * The thread in which messages are decrypted, shared by all of them. It starts with the first and ends once there is nothing to do, at once or
 * after a while: starting costs more than a short message does.
 */
export class DecryptingThread {
  readonly #afterIdle: AfterIdle | undefined;
  #running: Running | undefined;

  constructor(afterIdle?: AfterIdle) {
    this.#afterIdle = afterIdle;
  }

  /** Begins a job. Call `release` when it is over, however it ends; resolves when nothing of it is left. */
  begin(
    job: Omit<NewJob, 'port'>,
    failed: (error: Error) => void,
  ): { readonly port: MessagePort; release(): Promise<void> } {
    const running = this.#running ?? this.#start();
    running.stay?.();
    running.stay = undefined;
    running.worker.ref();
    running.failures.add(failed);
    const { port1, port2 } = new MessageChannel();
    const closed = once(port1, 'close');
    running.worker.postMessage({ ...job, port: port2 } satisfies NewJob, [port2]);
    return {
      port: port1,
      release: async () => {
        port1.close();
        await closed;
        running.failures.delete(failed);
        if (running.failures.size === 0) await this.#rest(running);
      },
    };
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    if (this.#running !== undefined) await this.#end(this.#running);
  }

  async #rest(running: Running): Promise<void> {
    if (this.#afterIdle === undefined || this.#running !== running) return this.#end(running);
    running.worker.unref();
    running.stay = this.#afterIdle(() => void this.#end(running));
  }

  async #end(running: Running): Promise<void> {
    running.stay?.();
    running.stay = undefined;
    if (this.#running === running) this.#running = undefined;
    await running.worker.terminate();
  }

  #start(): Running {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    const running: Running = { worker, failures: new Set(), stay: undefined };
    const fail = (error: Error): void => {
      running.stay?.();
      if (this.#running === running) this.#running = undefined;
      for (const failed of running.failures) failed(error);
    };
    worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => fail(new Error('the thread that decrypts has ended')));
    this.#running = running;
    return running;
  }
}
