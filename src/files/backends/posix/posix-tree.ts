import { closeSync, constants, type Dir, fstatSync, lstatSync, opendirSync, openSync } from 'node:fs';
import { codeOf } from '../../../lib/error-code.ts';
import type { PosixUser } from '../../file-system.ts';
import type { DirectoryEntry, FileStat, FileTree, StatChanges } from '../../file-tree.ts';
import { FilesError } from '../../files-error.ts';
import { normalize } from '../../trees/tree-path.ts';
import type { BeginWriting } from '../../trees/written-file.ts';
import type { Directory } from '../directory.ts';
import { fsFailure } from '../fs-failure.ts';
import { OWN_FOLDER } from '../own-folder.ts';
import {
  makeDirectory,
  makeLink,
  readLink,
  remove,
  removeDirectory,
  rename,
  there,
} from './change-entries.ts';
import { changeStat } from './change-stat.ts';
import { openFile } from './open-file.ts';
import type { PosixFiles } from './posix-files.ts';
import { resolve, resolveSettled } from './resolve.ts';

const PAGE = 500;

export interface PosixTreeOptions {
  readonly fileSystemId: string;
  readonly user: PosixUser;
  readonly beginWriting: BeginWriting | undefined;
}

/** A file system as one user sees it. */
export function posixTree(files: () => PosixFiles, options: PosixTreeOptions): FileTree {
  const { user } = options;
  const settled = (changed: readonly Directory[]): Promise<void> => settleEntries(files(), changed);
  return {
    open: async (path, mode) => openFile(files(), { ...options, path: normalize(path), mode }),
    stat: async (path) => statOf(files(), user, { path, follow: true }),
    lstat: async (path) => statOf(files(), user, { path, follow: false }),
    setStat: async (path, changes) => setStat(files(), user, { path, changes }),
    list: (path) => list(files, user, path),
    makeDirectory: async (path, changes) => settled(makeDirectory(files(), user, { path, changes })),
    removeDirectory: async (path) => settled(removeDirectory(files(), user, path)),
    remove: async (path) => settled(remove(files(), user, path)),
    rename: async (from, to, { replace }) => settled(rename(files(), user, { from, to, replace })),
    realPath: async (path) => normalize(path),
    readLink: async (path) => readLink(files(), user, path),
    symlink: async (target, path) => settled(makeLink(files(), user, { target, path })),
  };
}

/** Makes durable, and closes, directories whose entries have changed. */
export async function settleEntries(files: PosixFiles, changed: readonly Directory[]): Promise<void> {
  try {
    await Promise.all([...changed.map((directory) => directory.flush()), files.own.notes.durable()]);
  } finally {
    for (const directory of changed) directory.close();
  }
}

interface Looking {
  readonly path: string;
  readonly follow: boolean;
}

function statOf(files: PosixFiles, user: PosixUser, { path, follow }: Looking): Promise<FileStat> {
  return resolveSettled(files, { user, path, follow }, (found) => files.statOf(there(found)));
}

function setStat(
  files: PosixFiles,
  user: PosixUser,
  { path, changes }: { readonly path: string; readonly changes: StatChanges },
): Promise<void> {
  return resolveSettled(files, { user, path, follow: true }, (found) => {
    const stats = there(found);
    if (!stats.isFile() && !stats.isDirectory()) {
      throw new FilesError('unsupported', `It is no ordinary file: ${path}`);
    }
    const access = changes.size === undefined ? constants.O_RDONLY : constants.O_WRONLY;
    const flags = access | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const fd = openSync(found.parent.at(found.name), flags);
    const writers = files.writers.of(stats.ino);
    try {
      changeStat(files, { user, path, changes, fd });
      if (writers !== undefined && changes.size !== undefined) writers.isMixed = true;
    } finally {
      closeSync(fd);
    }
  });
}

async function* list(
  opened: () => PosixFiles,
  user: PosixUser,
  path: string,
): AsyncGenerator<readonly DirectoryEntry[]> {
  const files = opened();
  const directory = resolve(files, { user, path, follow: true }, (found) => {
    if (!there(found).isDirectory()) throw new FilesError('not-a-directory', `It is no directory: ${path}`);
    return found.parent.enter(found.name);
  });
  try {
    files.check(user, 'read', { fd: directory.fd, path });
    const isRoot = inodeOf(directory) === inodeOf(files.root);
    yield* pages(files, directory, isRoot);
  } catch (error) {
    throw fsFailure(error, path);
  } finally {
    directory.close();
  }
}

const inodeOf = ({ fd }: Directory): bigint => fstatSync(fd, { bigint: true }).ino;

async function* pages(
  files: PosixFiles,
  directory: Directory,
  isRoot: boolean,
): AsyncGenerator<readonly DirectoryEntry[]> {
  const entries: Dir = opendirSync(directory.path, { bufferSize: PAGE });
  let page: DirectoryEntry[] = [];
  for await (const { name } of entries) {
    if (isRoot && name.toLowerCase() === OWN_FOLDER) continue;
    const stat = statAt(files, directory.at(name));
    if (stat === undefined || page.push({ name, stat }) < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** Undefined for what has gone since, and for names that are no text. */
function statAt(files: PosixFiles, path: string): FileStat | undefined {
  try {
    return files.statOf(lstatSync(path, { bigint: true }));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
