/** A map that forgets its oldest entry when it is full. */
export class BoundedMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #limit: number;
  /** In order of entry, as a ring: a map has to walk past all that was deleted from it to find its first entry. */
  readonly #keys: Key[] = [];
  /** Place in the ring for the next key, where the oldest one is once the map is full. */
  #next = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    if (!this.#entries.has(key)) this.#enter(key);
    this.#entries.set(key, value);
  }

  get size(): number {
    return this.#entries.size;
  }

  #enter(key: Key): void {
    const oldest = this.#keys[this.#next];
    if (this.#entries.size >= this.#limit && oldest !== undefined) this.#entries.delete(oldest);
    this.#keys[this.#next] = key;
    this.#next = (this.#next + 1) % this.#limit;
  }
}
