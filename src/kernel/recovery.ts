import type { Store } from './store.ts';
import type { Timer, Timers } from './timers.ts';

const RETRY_AFTER_MS = 1000;

export interface RecoveryHost {
  readonly store: Pick<Store, 'probe'>;
  now(): number;
  /** Reads those shards into memory again that are not in it. */
  reload(shards: readonly number[]): Promise<void>;
  /** The store writes, and what was lost is in memory. */
  recovered(): void;
}

/** Reads lost shards again, and after a failed write tries the store until it writes. */
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

  /** The memory of a shard is gone; `begin` has it read again. */
  lost(shard: number): void {
    this.#lost.add(shard);
  }

  /** Begins at once; with `failure` nothing may be written until the store has been tried. */
  begin(failure?: Error): void {
    this.#failure = failure ?? this.#failure;
    this.#timers.set(this.#timer, this.#host.now());
  }

  async #recover(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const { failure } = this;
    try {
      await this.#reload();
      if (failure !== undefined) await this.#host.store.probe();
      // What failed meanwhile needs a try of its own.
      if (this.#failure === failure) this.#failure = undefined;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    } finally {
      this.#isRunning = false;
    }
    if (this.#failure !== undefined || this.#lost.size > 0) {
      this.#timers.set(this.#timer, this.#host.now() + RETRY_AFTER_MS);
    }
    if (this.#failure === undefined) this.#host.recovered();
  }

  /** A shard that is lost once more while it is read comes into the set again. */
  async #reload(): Promise<void> {
    const shards = [...this.#lost];
    if (shards.length === 0) return;
    this.#lost.clear();
    try {
      await this.#host.reload(shards);
    } catch (error) {
      for (const shard of shards) this.#lost.add(shard);
      throw error;
    }
  }
}
