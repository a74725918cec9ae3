import { type BigIntStats, fstatSync, linkSync, lstatSync, renameSync } from 'node:fs';
import { codeOf } from '../../../lib/error-code.ts';
import type { PosixUser, PublishFileOptions } from '../../file-system.ts';
import type { FileStat } from '../../file-tree.ts';
import { FilesError } from '../../files-error.ts';
import { namesOf, pathOf } from '../../trees/tree-path.ts';
import type { Directory } from '../directory.ts';
import type { FileUpload } from '../file-upload.ts';
import { fsFailure } from '../fs-failure.ts';
import { checkUnlink, enterNew } from './change-entries.ts';
import type { PosixFiles } from './posix-files.ts';
import { type Resolved, type Resolving, resolve } from './resolve.ts';

const NEW_FILE = 0o644;

export interface FilePublication {
  readonly user: PosixUser;
  readonly path: string;
  readonly upload: FileUpload;
  readonly options: PublishFileOptions | undefined;
}

/** Lets a file that was uploaded appear under its name; durable when it resolves. The upload has ended then. */
export async function publishFile(files: PosixFiles, publication: FilePublication): Promise<FileStat> {
  const { path, upload, options = {} } = publication;
  try {
    options.signal?.throwIfAborted();
    return await publish(files, publication);
  } catch (error) {
    options.signal?.throwIfAborted();
    const isTaken = codeOf(error) === 'EEXIST' || (error instanceof FilesError && error.reason === 'exists');
    if (isTaken) return ownEarlier(files, publication);
    throw fsFailure(error, path);
  } finally {
    await upload.end();
  }
}

async function publish(files: PosixFiles, publication: FilePublication): Promise<FileStat> {
  const { path, upload, options = {} } = publication;
  const { fd, path: source, durable } = await upload.finish(options.signal);
  await durable();
  const changed = makeAbove(files, publication);
  try {
    if (options.mark !== undefined) {
      const stats = fstatSync(fd, { bigint: true });
      files.note(stats, { mark: stamped(options.mark, stats) });
      await files.own.notes.durable();
    }
    options.signal?.throwIfAborted();
    changed.push(place(files, { ...publication, fd, source }));
    if (options.ifAbsent !== true) upload.moved();
    await Promise.all([...changed.map((directory) => directory.flush()), files.own.notes.durable()]);
    return files.statOf(fstatSync(fd, { bigint: true }));
  } catch (error) {
    throw fsFailure(error, path);
  } finally {
    for (const directory of changed) directory.close();
  }
}

/** A mark is of one content: who writes into the file makes it void. */
const stamped = (mark: string, { size, mtimeNs }: BigIntStats): string => `${size}:${mtimeNs}:${mark}`;

/** Makes the directories above that are missing, as the user; gives those that have a new entry, open. */
function makeAbove(files: PosixFiles, { user, path }: FilePublication): Directory[] {
  const names = namesOf(path).slice(0, -1);
  const changed: Directory[] = [];
  for (let depth = 1; depth <= names.length; depth++) {
    const above = pathOf(names.slice(0, depth));
    resolve(files, { user, path: above, follow: true }, (found) => {
      if (found.stats !== undefined) return;
      enterNew(files, user, found).close();
      changed.push(found.parent.enter('.'));
    });
  }
  return changed;
}

interface Placing extends FilePublication {
  readonly fd: number;
  readonly source: string;
}

/** Gives the directory in which the file appeared, open. */
function place(files: PosixFiles, { user, path, options = {}, fd, source }: Placing): Directory {
  const isExclusive = options.ifAbsent === true;
  return resolve(files, { user, path, follow: !isExclusive }, (found) => {
    const { parent, name, stats } = found;
    checkReplaceable(files, user, found);
    const above = files.check(user, 'write', { fd: parent.fd, path });
    files.adopt(fd, { user, above, permissions: NEW_FILE });
    if (isExclusive) linkSync(source, parent.at(name));
    else {
      renameSync(source, parent.at(name));
      if (stats !== undefined) files.forget(stats);
    }
    return parent.enter('.');
  });
}

function checkReplaceable(files: PosixFiles, user: PosixUser, found: Resolved): void {
  if (found.stats === undefined) return;
  if (found.stats.isDirectory()) throw new FilesError('is-a-directory', `It is a directory: ${found.path}`);
  checkUnlink(files, user, found);
}

/** The name was taken: by what the same caller has published before, or by something else. */
function ownEarlier(files: PosixFiles, { user, path, options = {} }: FilePublication): FileStat {
  const { mark } = options;
  const own = mark === undefined ? undefined : publishedFile(files, { user, path, follow: false }, mark);
  if (own === undefined) throw new FilesError('exists', `The name is taken: ${path}`);
  return own;
}

/** The file of a path, if it was published with this mark. */
export function publishedFile(files: PosixFiles, resolving: Resolving, mark: string): FileStat | undefined {
  return resolve(files, resolving, ({ parent, name, stats: known }) => {
    if (known === undefined) return undefined;
    const stats = lstatSync(parent.at(name), { bigint: true });
    return files.noteOf(stats)?.mark === stamped(mark, stats) ? files.statOf(stats) : undefined;
  });
}
