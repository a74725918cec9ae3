import { describe, type TestContext, test } from 'node:test';
import type { Store } from '../../src/kernel/store.ts';
import { historyContract } from './store-history.ts';
import { listingContract } from './store-listing.ts';
import { loadingContract } from './store-loading.ts';
import type { StoreTest } from './store-test.ts';
import { writingContract } from './store-writing.ts';

/** A fresh, empty store. `reopen` closes it and gives what a new process would find; `close` removes everything. */
export interface OpenedStore {
  readonly store: Store;
  readonly reopen: () => Promise<Store>;
  readonly close: () => Promise<void>;
}

/** Everything that the store port promises, as tests; `open` is called once for each of them. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  const storeTest: StoreTest = (title, run) => {
    test(title, async (context: TestContext) => {
      const { store, reopen, close } = await open();
      context.after(close);
      await run(store, reopen);
    });
  };
  describe(`${name} store`, () => {
    describe('writing', () => writingContract(storeTest));
    describe('loading', () => loadingContract(storeTest));
    describe('history', () => historyContract(storeTest));
    describe('closed executions', () => listingContract(storeTest));
  });
}
