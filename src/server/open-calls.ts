/** Why a call's signal aborted: its client has gone, or the server is stopping and wants an empty answer soon. */
export class CallEnded extends Error {
  override readonly name = 'CallEnded';
  readonly because: 'client-left' | 'stopping';

  constructor(because: 'client-left' | 'stopping') {
    super(because);
    this.because = because;
  }
}

/** A call that waits for something. */
export interface Stoppable {
  /** The server stops: an answer is to be given now. */
  stop(): void;
}

/** Counts requests in progress and ends waiting ones when the server stops. */
export class OpenCalls {
  readonly #waiting = new Set<Stoppable>();
  #running = 0;
  #stopping = false;
  #idle: (() => void) | undefined;

  get stopping(): boolean {
    return this.#stopping;
  }

  get running(): number {
    return this.#running;
  }

  begin(): void {
    this.#running++;
  }

  end(): void {
    this.#running--;
    if (this.#running === 0) this.#idle?.();
  }

  /** Tells a call when the server stops, until `unwatch`; not when the server has stopped already. */
  watch(call: Stoppable): void {
    this.#waiting.add(call);
  }

  unwatch(call: Stoppable): void {
    this.#waiting.delete(call);
  }

  /** Ends every waiting call and resolves when none is in progress. */
  stop(): Promise<void> {
    this.#stopping = true;
    for (const call of this.#waiting) call.stop();
    this.#waiting.clear();
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle = resolve;
    });
  }
}
