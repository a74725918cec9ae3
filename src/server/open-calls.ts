/** Why a call's signal aborted: its client has gone, or the server is stopping and wants an empty answer soon. */
export class CallEnded extends Error {
  override readonly name = 'CallEnded';
  readonly because: 'client-left' | 'stopping';

  constructor(because: 'client-left' | 'stopping') {
    super(because);
    this.because = because;
  }
}

/** Counts requests in progress and ends waiting ones when the server stops. */
export class OpenCalls {
  readonly #waiting = new Set<() => void>();
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

  /** Calls when the server stops; gives a function that calls it off. Not called when the server has stopped already. */
  watch(stopping: () => void): () => void {
    this.#waiting.add(stopping);
    return () => this.#waiting.delete(stopping);
  }

  /** Ends every waiting call and resolves when none is in progress. */
  stop(): Promise<void> {
    this.#stopping = true;
    for (const stopping of this.#waiting) stopping();
    this.#waiting.clear();
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle = resolve;
    });
  }
}
