import { openMemoryStore } from '../../src/stores/memory/memory-store.ts';
import { storeContract } from '../contracts/store.ts';

storeContract('memory', async () => {
  const store = openMemoryStore();
  return { store, reopen: async () => store, close: () => store.close() };
});
