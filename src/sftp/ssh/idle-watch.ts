export interface IdleWatchOptions {
  /** 0 never ends. */
  readonly milliseconds: number;
  readonly now: () => number;
  readonly after: (milliseconds: number, call: () => void) => () => void;
  /** Something is being done that the client waits for. */
  readonly isBusy: () => boolean;
  readonly idle: () => void;
}

/** Tells once when nothing came for so long. One timer serves many requests: it is set again only when it comes. */
export class IdleWatch {
  readonly #options: IdleWatchOptions;
  #lastAt: number;
  #callOff: (() => void) | undefined;

  constructor(options: IdleWatchOptions) {
    this.#options = options;
    this.#lastAt = options.now();
    if (options.milliseconds > 0) this.#wait(options.milliseconds);
  }

  active(): void {
    this.#lastAt = this.#options.now();
  }

  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  #wait(milliseconds: number): void {
    this.#callOff = this.#options.after(milliseconds, () => this.#check());
  }

  #check(): void {
    const { milliseconds, now, isBusy, idle } = this.#options;
    if (isBusy()) this.#lastAt = now();
    const left = this.#lastAt + milliseconds - now();
    if (left > 0) this.#wait(left);
    else idle();
  }
}
