import { append, createList, type Linked, type LinkedList, remove } from '../../lib/linked-list.ts';

/** Of one key: what 200 requests a second use in a quarter of an hour. More push out the oldest. */
const REMEMBERED = 200_000;

interface Use extends Linked {
  readonly nonce: string;
  readonly until: number;
}

/** The nonces of one key, oldest first. */
interface Uses {
  readonly byNonce: Map<string, Use>;
  /** A map alone would have to walk past all that was deleted from it to find its first entry. */
  readonly inOrder: LinkedList<Use>;
}

/** Remembers for each key which nonces its requests have carried, as long as they would be taken for new. */
export class UsedNonces {
  readonly #ofKeys = new Map<string, Uses>();
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
    const uses = this.#of(keyId);
    this.#forgetOld(uses, now);
    // A piece of the request's text would keep all of it in memory.
    const own = Buffer.from(nonce).toString('latin1');
    const known = uses.byNonce.get(own);
    if (known !== undefined && known.until > now) return false;
    if (known !== undefined) forget(uses, known);
    const use: Use = { nonce: own, until, previous: undefined, next: undefined };
    uses.byNonce.set(own, use);
    append(uses.inOrder, use);
    return true;
  }

  #forgetOld(uses: Uses, now: number): void {
    const { byNonce, inOrder } = uses;
    while (inOrder.first !== undefined && (inOrder.first.until <= now || byNonce.size >= this.#limit))
      forget(uses, inOrder.first);
  }

  #of(keyId: string): Uses {
    let uses = this.#ofKeys.get(keyId);
    if (uses === undefined) {
      uses = { byNonce: new Map(), inOrder: createList() };
      this.#ofKeys.set(keyId, uses);
    }
    return uses;
  }
}

function forget({ byNonce, inOrder }: Uses, use: Use): void {
  byNonce.delete(use.nonce);
  remove(inOrder, use);
}
