/** What a request touches. */
export interface Claim {
  readonly paths: readonly string[];
  /** It only looks: requests that only look do not wait for each other. */
  readonly isShared: boolean;
  /** It also concerns all that is under its paths. */
  readonly isDeep: boolean;
}

interface Waiting extends Claim {
  readonly done: Promise<void>;
}

export const looksAt = (...paths: readonly string[]): Claim => ({ paths, isShared: true, isDeep: false });
export const changes = (...paths: readonly string[]): Claim => ({ paths, isShared: false, isDeep: false });
export const changesTree = (...paths: readonly string[]): Claim => ({ paths, isShared: false, isDeep: true });

/**
 * Requests on the same file take effect in the order in which they came, as section 6 of the draft wants; all others run
 * beside each other. Files are told apart by path.
 */
export class RequestOrder {
  readonly #unfinished = new Set<Waiting>();

  /** Runs the work at once, or when all earlier work that it must not overtake has ended. */
  run<T>(claim: Claim, work: () => T | Promise<T>): T | Promise<T> {
    const before = this.#conflictsOf(claim);
    if (before.length > 0) return this.#wait(claim, Promise.all(before).then(work));
    const result = work();
    return result instanceof Promise ? this.#wait(claim, result) : result;
  }

  #conflictsOf(claim: Claim): readonly Promise<void>[] {
    const found: Promise<void>[] = [];
    for (const other of this.#unfinished) if (isConflict(claim, other)) found.push(other.done);
    return found;
  }

  #wait<T>(claim: Claim, result: Promise<T>): Promise<T> {
    const forget = (): void => void this.#unfinished.delete(waiting);
    const waiting: Waiting = { ...claim, done: result.then(forget, forget) };
    this.#unfinished.add(waiting);
    return result;
  }
}

function isConflict(one: Claim, other: Claim): boolean {
  if (one.isShared && other.isShared) return false;
  return one.paths.some((path) =>
    other.paths.some(
      (taken) =>
        path === taken || (one.isDeep && isUnder(taken, path)) || (other.isDeep && isUnder(path, taken)),
    ),
  );
}

function isUnder(path: string, directory: string): boolean {
  return directory === '/' || (path.startsWith(directory) && path[directory.length] === '/');
}
