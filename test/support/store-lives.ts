import type { Store } from '../../src/kernel/store.ts';

/** The store as it is, and then as a new process would find it. */
export async function* livesOf(store: Store, reopen: () => Promise<Store>): AsyncIterable<Store> {
  yield store;
  yield await reopen();
}
