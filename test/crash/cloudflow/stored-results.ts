import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { FlowEvent } from './ledger.ts';
import { itemsOf } from './stored-items.ts';

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
