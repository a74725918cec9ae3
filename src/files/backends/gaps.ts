import { type BigIntStats, statfsSync } from 'node:fs';
import { FilesError } from '../files-error.ts';

/** What may be left out in all without a look at the room that there is. */
export const UNQUESTIONED = 256 * 1024 * 1024;

/**
 * Throws no-space when more is left out of a file than its disk could hold. What is left out takes no room, but as much time as if it were
 * there, to find the entity tag or to copy.
 */
export function checkGaps(bytes: number, directory: string, shown: string): void {
  if (bytes <= UNQUESTIONED) return;
  const { bavail, bsize } = statfsSync(directory);
  if (bytes > bavail * bsize) throw new FilesError('no-space', `There is no space left: ${shown}`);
}

/** What lies on the disk of a file; what its file system saves by compressing it counts as left out. */
export function bytesThere({ size, blocks }: BigIntStats): number {
  return Math.min(Number(size), Number(blocks) * 512);
}
