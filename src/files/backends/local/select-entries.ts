import { type Dir, fstatSync, opendirSync } from 'node:fs';
import type { ListQuery } from '../../bucket.ts';
import { compareUtf8 } from '../../utf8-order.ts';
import { type Directory, descend } from '../directory.ts';
import { fsFailure, isAbsence } from '../fs-failure.ts';
import type { BucketFiles } from './bucket-files.ts';
import { directoryPath, isOwn } from './object-path.ts';
import { isWanted, type Selection } from './selections.ts';

/** Entries of one directory that are sorted at a time; the rest is read again when these are used up. */
const SELECTED = 8192;
const READ_AT_ONCE = 512;

/** The first that come, or all; gives none of a directory that is not there. */
export async function selectEntries(files: BucketFiles, base: string, query: ListQuery): Promise<Selection> {
  const directory = openBase(files, base);
  if (directory === undefined) return { entries: [], isComplete: true };
  try {
    const time = fstatSync(directory.fd, { bigint: true }).mtimeNs;
    const known = files.selections.get(base, query, time);
    if (known !== undefined) return known;
    const selection = await selectFrom(
      opendirSync(directory.path, { bufferSize: READ_AT_ONCE }),
      base,
      query,
    );
    files.selections.set(base, { ...selection, query, time });
    return selection;
  } catch (error) {
    throw fsFailure(error, base);
  } finally {
    directory.close();
  }
}

/** Undefined when there is no such directory. */
export function openBase(files: BucketFiles, base: string): Directory | undefined {
  try {
    return descend(files.root, directoryPath(base) ?? []);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw fsFailure(error, base);
  }
}

async function selectFrom(directory: Dir, base: string, query: ListQuery): Promise<Selection> {
  const selected: string[] = [];
  let bound: string | undefined;
  const cut = (): void => {
    selected.sort(compareUtf8);
    selected.length = Math.min(selected.length, SELECTED);
    if (selected.length === SELECTED) bound = selected.at(-1);
  };
  for await (const entry of directory) {
    const key = keyOf(entry, base);
    if (key === undefined || !isWanted(key, query)) continue;
    if (bound !== undefined && compareUtf8(key, bound) >= 0) continue;
    if (selected.push(key) >= 2 * SELECTED) cut();
  }
  cut();
  return { entries: selected, isComplete: bound === undefined };
}

function keyOf(
  entry: { readonly name: string; isFile(): boolean; isDirectory(): boolean },
  base: string,
): string | undefined {
  if (base === '' && isOwn(entry.name)) return undefined;
  if (entry.isFile()) return base + entry.name;
  return entry.isDirectory() ? `${base}${entry.name}/` : undefined;
}
