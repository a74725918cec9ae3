import { openStorage } from '../files/open-storage.ts';
import type { Storage } from '../files/storage.ts';
import { newUuid } from '../kernel/ids.ts';
import type { Surroundings, System } from './system.ts';

/** Buckets and file systems, for all systems that use them. */
export interface SharedStorage {
  readonly storage: Storage;
  /** The same, once what was interrupted has been removed: work that began before would be removed with it. */
  readonly swept: Promise<Storage>;
  /** Goes before the systems that use it. */
  readonly system: System;
}

/** Throws when two directories are not apart. */
export function openSharedStorage({ options, now }: Surroundings): SharedStorage {
  const { config, transfer: given = {} } = options;
  // Opened, this holds timers and files: not beside what is given in its place.
  const storage = given.storage ?? openStorage({ ...config, newId: newUuid, now });
  const swept = Promise.withResolvers<Storage>();
  const open: System['open'] = () => ({
    apis: [],
    visible: [],
    resume: async () => {
      await storage.sweep();
      swept.resolve(storage);
    },
    close: () => storage.close(),
  });
  return { storage, swept: swept.promise, system: { kernelApis: [], open } };
}
