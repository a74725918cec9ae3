import type { Store } from './store.ts';
import type { Timer, Timers } from './timers.ts';

const RETRY_AFTER_MS = 1000;

export interface RecoveryHost {
  readonly store: Pick<Store, 'probe'>;
  now(): number;
  /** Reads shards into memory again. */
  reload(shards: readonly number[]): Promise<void>;
  /** The store writes again and every shard is in memory. */
  recovered(): void;
}

/** After a failed write: reads lost shards again, then tries the store until it writes. */
export class Recovery {
  readonly #timers: Timers;
  readonly #host: RecoveryHost;
  readonly #lost = new Set<number>();
  readonly #timer: Timer = { due: 0, place: -1, fire: () => void this.#recover() };
  #failure: Error | undefined;
  #isRunning = false;

  constructor(timers: Timers, host: RecoveryHost) {
    this.#timers = timers;
    this.#host = host;
  }

  /** Why nothing can be written at the moment. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  lost(shard: number): void {
    this.#lost.add(shard);
  }

  /** The store failed, or a shard must be read again for another reason. */
  begin(failure: Error): void {
    this.#failure = failure;
    this.#timers.set(this.#timer, this.#host.now());
  }

  async #recover(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      await this.#reload();
      await this.#host.store.probe();
      if (this.#lost.size > 0) throw new Error('A shard was lost while others were read.');
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      this.#timers.set(this.#timer, this.#host.now() + RETRY_AFTER_MS);
    } finally {
      this.#isRunning = false;
    }
    if (this.#failure === undefined) this.#host.recovered();
  }

  async #reload(): Promise<void> {
    const shards = [...this.#lost];
    if (shards.length === 0) return;
    await this.#host.reload(shards);
    for (const shard of shards) this.#lost.delete(shard);
  }
}
