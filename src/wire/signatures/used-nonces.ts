/** Of one key: what 200 requests a second use in a quarter of an hour. More push out the oldest. */
const REMEMBERED = 200_000;

/** Remembers for each key which nonces its requests have carried, as long as they would be taken for new. */
export class UsedNonces {
  readonly #ofKeys = new Map<string, Map<string, number>>();
  readonly #limit: number;

  constructor(limit = REMEMBERED) {
    this.#limit = limit;
  }

  /** Whether it is the nonce's first use; remembered until `until`. Times in epoch milliseconds. */
  use(
    keyId: string,
    nonce: string,
    { now, until }: { readonly now: number; readonly until: number },
  ): boolean {
    const used = this.#of(keyId);
    for (const [oldest, end] of used) {
      if (end > now && used.size < this.#limit) break;
      used.delete(oldest);
    }
    // A piece of the request's text would keep all of it in memory.
    const own = Buffer.from(nonce).toString('latin1');
    if ((used.get(own) ?? 0) > now) return false;
    used.delete(own);
    used.set(own, until);
    return true;
  }

  #of(keyId: string): Map<string, number> {
    let used = this.#ofKeys.get(keyId);
    if (used === undefined) {
      used = new Map();
      this.#ofKeys.set(keyId, used);
    }
    return used;
  }
}
