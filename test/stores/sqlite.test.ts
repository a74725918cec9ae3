import { openSqliteStore } from '../../src/stores/sql/sqlite.ts';
import { storeContract } from '../contracts/store.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

storeContract('SQLite', async () => {
  const directory = await makeTemporaryDirectory();
  const opened = { store: await openSqliteStore(directory.path) };
  return {
    store: opened.store,
    reopen: async () => {
      await opened.store.close();
      opened.store = await openSqliteStore(directory.path);
      return opened.store;
    },
    close: async () => {
      await opened.store.close();
      await directory.remove();
    },
  };
});
