import { untilAborted } from './until-aborted.ts';

/** Lets one at a time work on whatever a key names, in order of arrival; keys do not wait for each other. */
export class KeyedLock {
  readonly #last = new Map<string, Promise<void>>();

  /** Resolves when all earlier ones of that key have given back; gives what gives it back. With a signal nobody waits longer than that. */
  async take(key: string, signal?: AbortSignal): Promise<() => void> {
    const before = this.#last.get(key);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last.set(key, promise);
    const giveBack = (): void => {
      if (this.#last.get(key) === promise) this.#last.delete(key);
      resolve();
    };
    if (before === undefined) return giveBack;
    try {
      await (signal === undefined ? before : untilAborted(signal, before));
    } catch (error) {
      // Whoever comes later still waits for those before.
      void before.then(giveBack);
      throw error;
    }
    return giveBack;
  }
}
