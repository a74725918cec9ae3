import type { Clock } from '../../../kernel/clock.ts';

/**
 * Lets work begin in groups: who comes while nobody has begun lately begins at once; who comes within so many milliseconds
 * after that begins at their end, together with all others that have come meanwhile.
 */
export class Departures {
  readonly #clock: Clock;
  readonly #milliseconds: number;
  #last = Number.NEGATIVE_INFINITY;
  #next: Promise<void> | undefined;

  constructor(clock: Clock, milliseconds: number) {
    this.#clock = clock;
    this.#milliseconds = milliseconds;
  }

  /** Resolves, in the background, when the next group begins. */
  next(): Promise<void> {
    this.#next ??= new Promise((resolve) => {
      this.#clock.at(this.#due(), () => {
        this.#next = undefined;
        this.#last = this.#clock.now();
        resolve();
      });
    });
    return this.#next;
  }

  /** The clock may have been put back since. */
  #due(): number {
    const now = this.#clock.now();
    const passed = now - this.#last;
    return passed < 0 ? now : now + Math.max(0, this.#milliseconds - passed);
  }
}
