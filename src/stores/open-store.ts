import type { Store } from '../kernel/store.ts';
import { openMemoryStore } from './memory/memory-store.ts';
import { openSqliteStore } from './sql/sqlite.ts';

export interface StoreChoice {
  /** `sqlite`, `memory` or an address of a database. */
  readonly url: string;
  readonly dataDirectory: string;
}

/** Opens the store that the configuration names; the error says what is wrong with the choice or the directory. */
export async function openStore({ url, dataDirectory }: StoreChoice): Promise<Store> {
  if (url === 'sqlite') return openSqliteStore(dataDirectory);
  if (url === 'memory') return openMemoryStore();
  if (/^postgres(ql)?:/.test(url))
    throw new Error('store postgres:// is not supported yet; use sqlite or memory');
  throw new Error(`unknown store ${url}; use sqlite or memory`);
}
