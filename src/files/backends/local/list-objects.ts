import type { ListedObject, ListPage, ListQuery } from '../../bucket.ts';
import { compareUtf8 } from '../../utf8-order.ts';
import type { BucketFiles, FoundFile } from './bucket-files.ts';
import { directoryPath, objectPath } from './object-path.ts';
import { openBase, selectEntries } from './select-entries.ts';
import type { Selection } from './selections.ts';

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
    const { entries, isComplete } = await selectEntries(files, base, selection);
    yield* describeEntries(files, base, { ...query, entries });
    const after = entries.at(-1);
    if (after === undefined || isComplete) return;
    // All that is beneath the last one has been walked: it must not be entered again.
    selection = { ...query, after, delimiter: '/' };
  }
}

async function* describeEntries(
  files: BucketFiles,
  base: string,
  query: ListQuery & Pick<Selection, 'entries'>,
): AsyncGenerator<Listed> {
  const directory = openBase(files, base);
  if (directory === undefined) return;
  try {
    for (const entry of query.entries) {
      if (!entry.endsWith('/')) {
        const found = files.findIn(directory, entry.slice(base.length));
        if (found !== undefined) yield { object: listed(entry, found) };
      } else if (query.delimiter !== undefined) yield { prefix: entry };
      else yield* walkDirectory(files, entry, query);
    }
  } finally {
    directory.close();
  }
}

function* marker(files: BucketFiles, base: string, { after }: ListQuery): Generator<Listed> {
  if (base === '' || (after !== undefined && compareUtf8(base, after) <= 0)) return;
  const path = objectPath(base);
  const found = path && files.find(path);
  if (found !== undefined) yield { object: listed(base, found) };
}

const listed = (key: string, { size, modifiedAt, note }: FoundFile): ListedObject => ({
  key,
  size,
  modifiedAt,
  etag: note?.etag,
});
