import type { Store } from '../../src/kernel/store.ts';
import { openMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { openDatabase, openSqlStore } from '../../src/stores/sql/sqlite.ts';

/** What kernel tests run on; each call makes an empty store. */
export const toyStores: readonly { readonly name: string; readonly open: () => Promise<Store> }[] = [
  { name: 'memory', open: async () => openMemoryStore() },
  { name: 'sqlite', open: () => openSqlStore(openDatabase(':memory:'), { name: 'a test' }) },
];
