import { join } from 'node:path';
import type { Store } from '../../src/kernel/store.ts';
import { sqliteDialect } from '../../src/stores/sql/dialect.ts';
import { openDatabase, openSqliteStore, openSqlStore } from '../../src/stores/sql/sqlite.ts';
import { openThreadedStore } from '../../src/stores/sql/threaded-store.ts';
import { type OpenedStore, storeContract } from '../contracts/store.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

async function inTemporaryDirectory(open: (directory: string) => Promise<Store>): Promise<OpenedStore> {
  const directory = await makeTemporaryDirectory();
  let store = await open(directory.path);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await open(directory.path);
      return store;
    },
    close: async () => {
      await store.close();
      await directory.remove();
    },
  };
}

/** Cuts every walk into slices of two, so that all lists and counts cross their borders. */
const openSliced = (directory: string): Promise<Store> =>
  openSqlStore(openDatabase(join(directory, 'orrery.db')), {
    name: directory,
    dialect: { ...sqliteDialect, walkAtOnce: 2 },
  });

storeContract('SQLite', () => inTemporaryDirectory(openSqliteStore));
storeContract('SQLite in a thread', () => inTemporaryDirectory(openThreadedStore));
storeContract('SQLite in small slices', () => inTemporaryDirectory(openSliced));
