import { type Dir, opendirSync } from 'node:fs';
import type { ListedObject, ListPage, ListQuery } from '../../bucket.ts';
import { compareUtf8 } from '../../utf8-order.ts';
import { type Directory, descend } from '../directory.ts';
import { fsFailure, isAbsence } from '../fs-failure.ts';
import type { BucketFiles } from './bucket-files.ts';
import { directoryPath, isOwn, objectPath } from './object-path.ts';

/** Entries of one directory that are kept sorted at a time; the rest is read again when these are used up. */
const SELECTED = 4096;
const READ_AT_ONCE = 512;

type Listed = { readonly object: ListedObject } | { readonly prefix: string };

/** One page, of which only directories are read that can hold something of it. */
export async function listObjects(files: BucketFiles, query: ListQuery): Promise<ListPage> {
  const objects: ListedObject[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  for await (const listed of walk(files, query)) {
    if (objects.length + prefixes.length === query.limit) {
      return { objects, prefixes, ...(last !== undefined && { next: last }) };
    }
    if ('object' in listed) {
      objects.push(listed.object);
      last = listed.object.key;
    } else {
      prefixes.push(listed.prefix);
      last = listed.prefix;
    }
  }
  return { objects, prefixes };
}

async function* walk(files: BucketFiles, query: ListQuery): AsyncGenerator<Listed> {
  const slash = query.prefix.lastIndexOf('/') + 1;
  const base = query.prefix.slice(0, slash);
  if (directoryPath(base) === undefined) return;
  yield* walkDirectory(files, base, query);
}

/** All beneath a directory in the order of keys; `base` is empty or ends with `/`. */
async function* walkDirectory(files: BucketFiles, base: string, query: ListQuery): AsyncGenerator<Listed> {
  if (base.startsWith(query.prefix)) yield* marker(files, base, query);
  let selection: ListQuery = query;
  for (;;) {
    query.signal?.throwIfAborted();
    const entries = await selectEntries(files, base, selection);
    for (const entry of entries) {
      if (!entry.endsWith('/')) {
        const object = listedObject(files, entry);
        if (object !== undefined) yield { object };
      } else if (query.delimiter !== undefined) yield { prefix: entry };
      else yield* walkDirectory(files, entry, query);
    }
    const after = entries.at(-1);
    if (after === undefined || entries.length < SELECTED) return;
    // All that is beneath the last one has been walked: it must not be entered again.
    selection = { ...query, after, delimiter: '/' };
  }
}

function* marker(files: BucketFiles, base: string, { after }: ListQuery): Generator<Listed> {
  if (base === '' || (after !== undefined && compareUtf8(base, after) <= 0)) return;
  const object = listedObject(files, base);
  if (object !== undefined) yield { object };
}

function listedObject(files: BucketFiles, key: string): ListedObject | undefined {
  const path = objectPath(key);
  const found = path === undefined ? undefined : files.find(path);
  if (found === undefined) return undefined;
  const { size, modifiedAt, note } = found;
  return { key, size, modifiedAt, etag: note?.etag };
}

/** The first keys and prefixes of a directory that the query wants, in order: at most `SELECTED`. */
async function selectEntries(files: BucketFiles, base: string, query: ListQuery): Promise<readonly string[]> {
  const directory = openBase(files, base);
  if (directory === undefined) return [];
  try {
    const entries = opendirSync(directory.path, { bufferSize: READ_AT_ONCE });
    return await selectFrom(entries, base, query);
  } catch (error) {
    throw fsFailure(error, base);
  } finally {
    directory.close();
  }
}

function openBase(files: BucketFiles, base: string): Directory | undefined {
  try {
    return descend(files.root, directoryPath(base) ?? []);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw fsFailure(error, base);
  }
}

async function selectFrom(directory: Dir, base: string, query: ListQuery): Promise<readonly string[]> {
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
  return selected;
}

function keyOf(
  entry: { readonly name: string; isFile(): boolean; isDirectory(): boolean },
  base: string,
): string | undefined {
  if (base === '' && isOwn(entry.name)) return undefined;
  if (entry.isFile()) return base + entry.name;
  return entry.isDirectory() ? `${base}${entry.name}/` : undefined;
}

function isWanted(key: string, { prefix, after, delimiter }: ListQuery): boolean {
  if (!key.startsWith(prefix)) return false;
  if (after === undefined || compareUtf8(key, after) > 0) return true;
  // What is beneath may still come after it.
  return delimiter === undefined && key.endsWith('/') && after.startsWith(key);
}
