import type { DirectoryHandle } from '../channel/handles.ts';
import { absolutePath } from '../channel/paths.ts';
import { changes, changesTree, looksAt } from '../channel/request-order.ts';
import type { Task, Workplace } from '../channel/workplace.ts';
import { readAttributes } from '../packets/attributes.ts';
import type { FieldReader } from '../packets/field-reader.ts';
import { END_OF_FILE, handle, names, OK, type Reply } from '../packets/replies.ts';
import { givenPath } from './given-path.ts';

/** What a page of names may take in memory and on the way; clients ask again for the next. */
const PAGE_BYTES = 64 * 1024;

/** The first page is fetched at once, so that a directory that cannot be listed is refused here. */
export function openDirectory(fields: FieldReader, { tree, home, handles }: Workplace): Task {
  const path = absolutePath(givenPath(fields), home);
  handles.reserve();
  return {
    path,
    claim: looksAt(path),
    run: async () => {
      try {
        const pages = tree.list(path)[Symbol.asyncIterator]();
        const first = await pages.next();
        const entries = first.done === true ? [] : first.value;
        return handle(handles.add({ kind: 'directory', path, pages, entries }));
      } catch (error) {
        handles.giveBack();
        throw error;
      }
    },
  };
}

export function readDirectory(fields: FieldReader, place: Workplace): Task {
  const directory = place.handles.directory(fields.string());
  const { path } = directory;
  return { path, claim: changes(path), bytes: PAGE_BYTES, run: () => nextNames(directory, place) };
}

async function nextNames(directory: DirectoryHandle, { now, packetBytes }: Workplace): Promise<Reply> {
  while (directory.entries.length === 0) {
    const page = await directory.pages.next();
    if (page.done === true) return END_OF_FILE;
    directory.entries = page.value;
  }
  const bytes = Math.min(PAGE_BYTES, packetBytes);
  const { reply, count } = names(directory.entries, { now: now(), bytes });
  directory.entries = directory.entries.slice(count);
  return reply;
}

export function makeDirectory(fields: FieldReader, { tree, home }: Workplace): Task {
  const path = absolutePath(givenPath(fields), home);
  const attributes = readAttributes(fields);
  return {
    path,
    claim: changesTree(path),
    run: async () => {
      await tree.makeDirectory(path, attributes);
      return OK;
    },
  };
}

export function removeDirectory(fields: FieldReader, { tree, home }: Workplace): Task {
  const path = absolutePath(givenPath(fields), home);
  return {
    path,
    claim: changesTree(path),
    run: async () => {
      await tree.removeDirectory(path);
      return OK;
    },
  };
}
