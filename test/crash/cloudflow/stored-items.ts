import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../random.ts';

/** Bucket of the items and results of the map whose items are stored. */
export const BUCKET = 'items';

const FILES = 6;

/** The items of one file. */
export const itemsOf = (file: number): number[] => Array.from({ length: file }, (_, place) => file + place);

export const fileName = (random: Random): string => `${random.below(FILES)}.json`;

/** The folder that is the bucket, with the files in it. */
export function prepareItems(folder: string): string {
  const directory = join(folder, BUCKET);
  mkdirSync(directory);
  for (let file = 0; file < FILES; file++) {
    writeFileSync(join(directory, `${file}.json`), JSON.stringify(itemsOf(file).map((n) => ({ n }))));
  }
  return directory;
}
