/** The name that an open file has by now; none once it was removed or its name was given to another. */
export interface OpenName {
  readonly now: string | undefined;
}

interface Entry {
  now: string | undefined;
}

/** Follows the names of open files, which may be renamed, replaced and removed meanwhile. */
export class OpenNames {
  readonly #open = new Set<Entry>();

  /** To be deleted when the file is closed. */
  add(path: string): OpenName {
    const entry = { now: path };
    this.#open.add(entry);
    return entry;
  }

  delete(name: OpenName): void {
    this.#open.delete(name);
  }

  has(path: string): boolean {
    return this.#open.values().some(({ now }) => now === path);
  }

  renamed(from: string, to: string): void {
    if (from === to) return;
    this.removed(to);
    for (const entry of this.#open) {
      const { now } = entry;
      if (now === from || now?.startsWith(`${from}/`)) entry.now = to + now.slice(from.length);
    }
  }

  removed(path: string): void {
    for (const entry of this.#open) if (entry.now === path) entry.now = undefined;
  }
}
