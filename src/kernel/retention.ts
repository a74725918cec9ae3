import type { Store } from './store.ts';
import type { Timer, Timers } from './timers.ts';

const SWEEP_EVERY_MS = 1000;
/** While there is more to forget than one sweep takes. */
const SWEEP_ON_MS = 50;
/** Small steps: forgetting must not be felt by those who work. */
const FORGOTTEN_AT_ONCE = 200;

export interface RetentionHost {
  readonly store: Pick<Store, 'expired'>;
  now(): number;
  forget(shard: number, id: string): void;
  /** Resolves when what was forgotten is durable. */
  durable(): Promise<void> | undefined;
}

/** Removes closed executions, with their histories, once their time has come. */
export class Retention {
  readonly #timers: Timers;
  readonly #host: RetentionHost;
  readonly #timer: Timer = { due: 0, place: -1, fire: () => void this.#sweep() };

  constructor(timers: Timers, host: RetentionHost) {
    this.#timers = timers;
    this.#host = host;
  }

  start(): void {
    this.#sweepIn(SWEEP_EVERY_MS);
  }

  #sweepIn(delay: number): void {
    this.#timers.set(this.#timer, this.#host.now() + delay);
  }

  async #sweep(): Promise<void> {
    let pause = SWEEP_EVERY_MS;
    try {
      const expired = await this.#host.store.expired(this.#host.now(), FORGOTTEN_AT_ONCE);
      for (const { shard, id } of expired) this.#host.forget(shard, id);
      await this.#host.durable();
      if (expired.length === FORGOTTEN_AT_ONCE) pause = SWEEP_ON_MS;
    } catch {
      // Nothing was forgotten; the next sweep finds the same executions.
    }
    this.#sweepIn(pause);
  }
}
