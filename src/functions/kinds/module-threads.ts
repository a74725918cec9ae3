import type { ModuleThread } from './module-thread.ts';

const MAX_IDLE = 8;

/**
 * The threads of one module, each of which serves one call at a time. A new one costs as much as thousands of short calls:
 * they start one after the other, and meanwhile whichever is free first takes the call that has waited longest.
 */
export class ModuleThreads {
  readonly #newThread: () => ModuleThread;
  readonly #idle: ModuleThread[] = [];
  readonly #waiting = new Set<(thread: ModuleThread) => void>();
  #starting: ModuleThread | undefined;

  constructor(newThread: () => ModuleThread) {
    this.#newThread = newThread;
  }

  /** A thread for one call, to be given back. Rejects with the signal's reason when that is aborted first. */
  take(signal: AbortSignal): Promise<ModuleThread> {
    const idle = this.#takeIdle();
    if (idle !== undefined) return Promise.resolve(idle);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(take);
        reject(signal.reason);
        this.#giveUp();
      };
      const take = (thread: ModuleThread): void => {
        signal.removeEventListener('abort', leave);
        resolve(thread);
      };
      this.#waiting.add(take);
      signal.addEventListener('abort', leave, { once: true });
      this.#start();
    });
  }

  giveBack(thread: ModuleThread): void {
    if (thread.isUsable) this.#offer(thread);
    else void thread.end();
    this.#start();
  }

  /** Ends what no call uses. */
  async stop(): Promise<void> {
    await Promise.all([...this.#idle.splice(0), this.#starting].map((thread) => thread?.end()));
  }

  /** One may have ended while it was idle, by what its module had left running. */
  #takeIdle(): ModuleThread | undefined {
    for (let thread = this.#idle.pop(); thread !== undefined; thread = this.#idle.pop()) {
      if (thread.isUsable) return thread;
    }
    return undefined;
  }

  #start(): void {
    if (this.#starting !== undefined || this.#waiting.size === 0) return;
    const thread = this.#newThread();
    this.#starting = thread;
    void thread.started.then(() => {
      if (this.#starting !== thread) return;
      this.#starting = undefined;
      this.#offer(thread);
      this.#start();
    });
  }

  /** To the call that has waited longest. One that could not start tells that call why. */
  #offer(thread: ModuleThread): void {
    for (const take of this.#waiting) {
      this.#waiting.delete(take);
      take(thread);
      return;
    }
    if (this.#idle.length < MAX_IDLE && thread.isUsable) this.#idle.push(thread);
    else void thread.end();
  }

  /** A module that never finishes loading must not keep others from being tried. */
  #giveUp(): void {
    if (this.#waiting.size > 0 || this.#starting === undefined) return;
    void this.#starting.end();
    this.#starting = undefined;
  }
}
