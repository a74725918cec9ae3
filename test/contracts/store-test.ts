import type { Store } from '../../src/kernel/store.ts';

/** Declares one test, which gets a store of its own. */
export type StoreTest = (
  name: string,
  run: (store: Store, reopen: () => Promise<Store>) => Promise<void>,
) => void;
