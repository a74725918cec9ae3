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
  readonly #waiting = new Set<AbortController>();
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

  /** Aborts when the server stops; gives a function that forgets the controller. */
  watch(controller: AbortController): () => void {
    if (this.#stopping) controller.abort(new CallEnded('stopping'));
    else this.#waiting.add(controller);
    return () => this.#waiting.delete(controller);
  }

  /** Aborts every waiting call and resolves when none is in progress. */
  stop(): Promise<void> {
    this.#stopping = true;
    for (const controller of this.#waiting) controller.abort(new CallEnded('stopping'));
    this.#waiting.clear();
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle = resolve;
    });
  }
}
