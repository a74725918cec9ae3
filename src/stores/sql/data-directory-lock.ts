import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface DataDirectoryLock {
  readonly release: () => void;
}

/**
 * Holds a data directory for this process; throws naming the holder if another one has it. The lock is a write
 * transaction left open in an empty database: the operating system drops it with the process, however that ends.
 * The holder's process id lies beside it, for the message only.
 */
export function lockDataDirectory(directory: string): DataDirectoryLock {
  const pidFile = join(directory, 'orrery.pid');
  const database = new DatabaseSync(join(directory, 'orrery.lock'), { timeout: 0 });
  try {
    database.exec('begin immediate');
    writeFileSync(pidFile, String(process.pid));
  } catch (error) {
    database.close();
    throw isBusy(error)
      ? new Error(`another orrery process (pid ${readPid(pidFile)}) uses ${directory}`)
      : error;
  }
  return {
    release: () => {
      if (database.isOpen) database.close();
    },
  };
}

const SQLITE_BUSY = 5;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;

/** Unknown in the moment in which the holder has the lock but has not yet said its name. */
function readPid(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'unknown';
  }
}
