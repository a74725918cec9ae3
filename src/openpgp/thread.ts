import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { NewJob } from './job-messages.ts';

interface Running {
  readonly worker: Worker;
  readonly failures: Set<(error: Error) => void>;
}

/** The thread in which messages are decrypted: there while there is work, shared by all of it. */
export class DecryptingThread {
  #running: Running | undefined;

  /** Begins a job. Call `release` when it is over, however it ends: once nothing is left to do, it resolves when the thread is gone. */
  begin(
    job: Omit<NewJob, 'port'>,
    failed: (error: Error) => void,
  ): { readonly port: MessagePort; release(): Promise<void> } {
    const running = this.#running ?? this.#start();
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
        if (running.failures.size > 0) return;
        if (this.#running === running) this.#running = undefined;
        await running.worker.terminate();
      },
    };
  }

  #start(): Running {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    const running: Running = { worker, failures: new Set() };
    const fail = (error: Error): void => {
      if (this.#running === running) this.#running = undefined;
      for (const failed of running.failures) failed(error);
    };
    worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => fail(new Error('the thread that decrypts has ended')));
    this.#running = running;
    return running;
  }
}
