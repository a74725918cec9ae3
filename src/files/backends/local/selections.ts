import type { ListQuery } from '../../bucket.ts';
import { compareUtf8 } from '../../utf8-order.ts';

const REMEMBERED = 8;

/** Keys and prefixes in a directory that a query wants, in order. */
export interface Selection {
  readonly entries: readonly string[];
  /** Nothing comes after the last one. */
  readonly isComplete: boolean;
}

interface Remembered extends Selection {
  readonly query: ListQuery;
  /** Of the directory when it was read. */
  readonly time: bigint;
}

/** What was selected from directories lately: pages that follow one another need not read them again. */
export class Selections {
  readonly #selections = new Map<string, Remembered>();
  #changes = 0;

  /** How many changes of ours there have been. */
  get changes(): number {
    return this.#changes;
  }

  get(base: string, query: ListQuery, time: bigint): Selection | undefined {
    const known = this.#selections.get(base);
    if (known === undefined || known.time !== time || !isWithin(query, known.query)) return undefined;
    const entries = known.entries.filter((key) => isWanted(key, query));
    return entries.length > 0 || known.isComplete ? { entries, isComplete: known.isComplete } : undefined;
  }

  set(base: string, selection: Remembered): void {
    this.#selections.delete(base);
    this.#selections.set(base, selection);
    const [oldest] = this.#selections.keys();
    if (this.#selections.size > REMEMBERED && oldest !== undefined) this.#selections.delete(oldest);
  }

  /** To be called with each change of ours: times of directories do not tell two changes apart that come together. */
  forget(directories: readonly string[]): void {
    this.#changes += 1;
    if (this.#selections.size === 0) return;
    for (let depth = 0; depth <= directories.length; depth++) {
      this.#selections.delete(
        directories
          .slice(0, depth)
          .map((name) => `${name}/`)
          .join(''),
      );
    }
  }
}

/** Whether all that the query wants is among what another one wanted. */
function isWithin(query: ListQuery, { prefix, delimiter, after }: ListQuery): boolean {
  if (query.prefix !== prefix || query.delimiter !== delimiter) return false;
  // A first page is read anew, so that it shows what other programs have just done.
  if (query.after === undefined) return false;
  return after === undefined || compareUtf8(query.after, after) >= 0;
}

/** Whether an entry, or something beneath it, is what the query asks for. */
export function isWanted(key: string, { prefix, after, delimiter }: ListQuery): boolean {
  if (!key.startsWith(prefix)) return false;
  if (after === undefined || compareUtf8(key, after) > 0) return true;
  // What is beneath may still come after it.
  return delimiter === undefined && key.endsWith('/') && after.startsWith(key);
}
