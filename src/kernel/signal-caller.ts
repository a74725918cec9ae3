import type { Caller, Waiter } from './polls.ts';

/** A caller whose wait ends when a signal aborts. */
export class SignalCaller implements Caller {
  readonly #signal: AbortSignal;
  #ended: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get hasLeft(): boolean {
    return this.#signal.aborted;
  }

  get hasEnded(): boolean {
    return this.#signal.aborted;
  }

  watch(waiter: Waiter): void {
    this.unwatch();
    this.#ended = () => waiter.callerEnded();
    this.#signal.addEventListener('abort', this.#ended, { once: true });
  }

  unwatch(): void {
    if (this.#ended !== undefined) this.#signal.removeEventListener('abort', this.#ended);
    this.#ended = undefined;
  }
}
