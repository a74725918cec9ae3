const SHORTEST_REST_MS = 1000;
const LONGEST_REST_MS = 60_000;

interface Rest {
  readonly length: number;
  readonly until: number;
}

/**
 * How long what has failed is left alone, be it an execution or a way of messages: without it an execution that always
 * fails at its wake time would keep its whole shard busy with reading. Each failure doubles the next rest.
 */
export class Rests {
  readonly #byId = new Map<string, Rest>();

  begin(id: string, now: number): void {
    const last = this.#byId.get(id);
    const length = last === undefined ? SHORTEST_REST_MS : Math.min(last.length * 2, LONGEST_REST_MS);
    this.#byId.set(id, { length, until: now + length });
  }

  /** Epoch milliseconds; 0 for one that needs no rest. */
  until(id: string): number {
    return this.#byId.get(id)?.until ?? 0;
  }

  forget(id: string): void {
    if (this.#byId.size > 0) this.#byId.delete(id);
  }
}
