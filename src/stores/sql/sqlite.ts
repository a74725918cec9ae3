import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newSecret } from '../../kernel/ids.ts';
import type { Store } from '../../kernel/store.ts';
import { makeDirectory } from '../../lib/make-directory.ts';
import { lockDataDirectory } from './data-directory-lock.ts';
import { type Dialect, sqliteDialect } from './dialect.ts';
import { keepInstallationKey, migrate, readMigrations } from './migrate.ts';
import type { Driver } from './script.ts';
import { SqlStore } from './sql-store.ts';
import { SqliteDriver } from './sqlite-driver.ts';

/**
 * Durable with every commit (FULL). A checkpoint is small and frequent rather than large and rare: the commit that
 * triggers it waits for it.
 */
const settings = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma wal_autocheckpoint = 2000;
  pragma journal_size_limit = 67108864;
  pragma cache_size = -8192;
  pragma temp_store = memory;
`;

/** Opens or makes the store in this directory and holds the directory until closed. */
export async function openSqliteStore(directory: string): Promise<Store> {
  makeDirectory(directory);
  const lock = lockDataDirectory(directory);
  try {
    const database = openDatabase(join(directory, 'orrery.db'));
    return await openSqlStore(database, { name: directory, closed: lock.release });
  } catch (error) {
    lock.release();
    throw error;
  }
}

export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(settings);
  return database;
}

interface Opening {
  /** How errors call this store. */
  readonly name: string;
  readonly closed?: () => void;
  readonly dialect?: Dialect;
}

/** The store in an open database; takes the database over, and closes it if it is not fit. */
export async function openSqlStore(
  database: DatabaseSync,
  { name, closed, dialect = sqliteDialect }: Opening,
): Promise<Store> {
  const driver = new SqliteDriver(database);
  try {
    await driver.write(migrate(readMigrations(dialect), name));
    const key = await driver.write(keepInstallationKey(newSecret(32).toString('hex')));
    return new SqlStore({
      driver: closed === undefined ? driver : closingWith(driver, closed),
      dialect,
      installationKey: Buffer.from(key, 'hex'),
    });
  } catch (error) {
    await driver.close();
    throw error;
  }
}

const closingWith = (driver: Driver, closed: () => void): Driver => ({
  write: (script) => driver.write(script),
  read: (script) => driver.read(script),
  close: async () => {
    await driver.close();
    closed();
  },
});
