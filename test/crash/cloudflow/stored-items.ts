import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Random } from '../random.ts';
import type { FlowEvent } from './ledger.ts';

/** Bucket of the items and results of the map whose items are stored. */
export const BUCKET = 'items';

const FILES = 6;

/** The items of one file. */
const itemsOf = (file: number): number[] => Array.from({ length: file }, (_, place) => file + place);

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

interface Entry {
  readonly Name: string;
  readonly Output: string;
}

interface Manifest {
  readonly ResultFiles: Readonly<Record<string, readonly { readonly Key: string; readonly Size: number }[]>>;
}

/** What is wrong with the results of a map that has succeeded; undefined when all of them are there, once and in order. */
export function wrongResults(
  directory: string,
  file: string,
  history: readonly FlowEvent[],
): string | undefined {
  // Where results could not be written, the map was begun again.
  const started = history.findLast(({ Type }) => Type === 'MapRunStarted');
  const { MapRunName: run } = JSON.parse(started?.EventDetail ?? '{"output":{}}').output;
  const read = (key: string): unknown => JSON.parse(readFileSync(join(directory, key), 'utf8'));
  const { ResultFiles } = read(`out/${run}/manifest.json`) as Manifest;
  const keys = Object.values(ResultFiles).flatMap((files) => files.map(({ Key }) => Key));
  const there = readdirSync(join(directory, 'out', run)).map((name) => `out/${run}/${name}`);
  if (!isDeepStrictEqual(there.sort(), [...keys, `out/${run}/manifest.json`].sort())) return `files ${there}`;
  const entries = keys.flatMap((key) => read(key) as Entry[]);
  const items = itemsOf(Number.parseInt(file, 10));
  const expected = items.map((n, place) => [`${run}-${place}`, `{"n":${n ** 2}}`]);
  const found = entries.map(({ Name, Output }) => [Name, Output]);
  return isDeepStrictEqual(found, expected) ? undefined : `results ${JSON.stringify(found)}`;
}

/** Uploads that nobody has ended. */
export function openUploads(directory: string): readonly string[] {
  const uploads = join(directory, '.orrery', 'uploads');
  return existsSync(uploads) ? readdirSync(uploads) : [];
}
