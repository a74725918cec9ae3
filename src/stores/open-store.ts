import type { Store } from '../kernel/store.ts';
import { openMemoryStore } from './memory/memory-store.ts';
import { openSqliteStore } from './sql/sqlite.ts';
import { openThreadedStore } from './sql/threaded-store.ts';

export interface StoreChoice {
  /** `sqlite`, `memory` or an address of a database. */
  readonly url: string;
  readonly dataDirectory: string;
  /** Where SQLite does its work: on the thread of the caller (least CPU, the default) or on one of its own. */
  readonly writer?: 'main' | 'worker';
}

/** Opens the store that the configuration names; the error says what is wrong with the choice or the directory. */
export async function openStore({ url, dataDirectory, writer }: StoreChoice): Promise<Store> {
  if (url === 'sqlite') {
    return writer === 'worker' ? openThreadedStore(dataDirectory) : openSqliteStore(dataDirectory);
  }
  if (url === 'memory') return openMemoryStore();
  if (/^postgres(ql)?:/.test(url))
    throw new Error('store postgres:// is not supported in this version; use sqlite');
  throw new Error(`unknown store ${url.split(':')[0]}; use sqlite or memory`);
}
