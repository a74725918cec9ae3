import { rmdirSync, statSync, unlinkSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../lib/error-code.ts';
import { SUFFIX } from './stream-path.ts';

export interface Sweep {
  /** Streams whose last line is older go; epoch milliseconds. */
  readonly before: number;
  /** Whether nobody is about to write that file. */
  readonly isQuiet: (path: string) => boolean;
}

/** Removes the files of streams that have ended long ago, and directories that are empty then. */
export async function removeOldStreams(directory: string, sweep: Sweep): Promise<void> {
  for (const entry of await entriesOf(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await removeOldStreams(path, sweep);
    else if (entry.name.endsWith(SUFFIX)) await removeOldStream(path, sweep);
  }
}

/** Asked and removed in one go, so that no line can come in between. */
async function removeOldStream(path: string, { before, isQuiet }: Sweep): Promise<void> {
  if ((await stat(path)).mtimeMs >= before) return;
  if (!isQuiet(path) || statSync(path).mtimeMs >= before) return;
  unlinkSync(path);
  removeIfEmpty(join(path, '..'));
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch (error) {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  }
}

async function entriesOf(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
