/** Lets one at a time work on whatever a key names, in order of arrival; keys do not wait for each other. */
export class KeyedLock {
  readonly #last = new Map<string, Promise<void>>();

  /** Resolves when all earlier ones of that key have given back; gives what gives it back. */
  async take(key: string): Promise<() => void> {
    const before = this.#last.get(key);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last.set(key, promise);
    await before;
    return () => {
      if (this.#last.get(key) === promise) this.#last.delete(key);
      resolve();
    };
  }
}
