import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it; one that is there is fine. Throws an error that names the directory.
 * Node's own recursive form never returns where a file system refuses new names with ENOENT, as /proc does.
 */
export function makeDirectory(path: string): void {
  try {
    make(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot make the directory ${path}: ${reason}`, { cause: error });
  }
}

function make(path: string): void {
  if (isDirectory(path)) return;
  const parent = dirname(path);
  if (parent !== path) make(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may have made it in the meantime.
    if (!isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
