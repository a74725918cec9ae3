import {
  type BigIntStats,
  fstatSync,
  linkSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import type { PosixUser } from '../../file-system.ts';
import type { StatChanges } from '../../file-tree.ts';
import { FilesError } from '../../files-error.ts';
import type { Directory } from '../directory.ts';
import { may, mayUnlink } from './permissions.ts';
import { denied, type PosixFiles } from './posix-files.ts';
import { type Resolved, resolve } from './resolve.ts';

/** What changes the entries of directories, each as one user. They give the directories that must be made durable. */

const NEW_DIRECTORY = 0o755;

export function makeDirectory(
  files: PosixFiles,
  user: PosixUser,
  { path, changes }: { readonly path: string; readonly changes: StatChanges },
): Directory[] {
  return resolve(files, { user, path, follow: false }, (found) => {
    if (found.stats !== undefined) throw new FilesError('exists', `The name is taken: ${path}`);
    enterNew(files, user, { ...found, permissions: changes.permissions }).close();
    return [found.parent.enter('.')];
  });
}

export interface NewDirectory extends Pick<Resolved, 'parent' | 'name' | 'path'> {
  readonly permissions?: number | undefined;
}

/** Makes a directory that belongs to the user, and opens it. */
export function enterNew(
  files: PosixFiles,
  user: PosixUser,
  { parent, name, path, permissions = NEW_DIRECTORY }: NewDirectory,
): Directory {
  const above = files.check(user, 'write', { fd: parent.fd, path });
  mkdirSync(parent.at(name), 0o700);
  const made = parent.enter(name);
  files.adopt(made.fd, { user, above, permissions });
  return made;
}

export function removeDirectory(files: PosixFiles, user: PosixUser, path: string): Directory[] {
  return resolve(files, { user, path, follow: false }, (found) => {
    const stats = there(found);
    if (!stats.isDirectory()) throw new FilesError('not-a-directory', `It is no directory: ${path}`);
    checkUnlink(files, user, found);
    rmdirSync(found.parent.at(found.name));
    files.forget(stats);
    return [found.parent.enter('.')];
  });
}

export function remove(files: PosixFiles, user: PosixUser, path: string): Directory[] {
  return resolve(files, { user, path, follow: false }, (found) => {
    const stats = there(found);
    if (stats.isDirectory()) throw new FilesError('is-a-directory', `It is a directory: ${path}`);
    checkUnlink(files, user, found);
    unlinkSync(found.parent.at(found.name));
    files.forget(stats);
    return [found.parent.enter('.')];
  });
}

export interface Renaming {
  readonly from: string;
  readonly to: string;
  readonly replace: boolean;
}

export function rename(files: PosixFiles, user: PosixUser, { from, to, replace }: Renaming): Directory[] {
  return resolve(files, { user, path: from, follow: false }, (source) =>
    resolve(files, { user, path: to, follow: false }, (target) => {
      const stats = there(source);
      checkUnlink(files, user, source);
      checkMovable(files, user, { source, target });
      if (target.stats !== undefined && !replace) throw taken(to);
      if (target.stats !== undefined) checkUnlink(files, user, target);
      else files.check(user, 'write', { fd: target.parent.fd, path: to });
      const [old, fresh] = [source.parent.at(source.name), target.parent.at(target.name)];
      if (replace || stats.isDirectory()) renameSync(old, fresh);
      else {
        // The link decides who has the name; a crash just here leaves both.
        linkSync(old, fresh);
        unlinkSync(old);
      }
      if (target.stats !== undefined && target.stats.ino !== stats.ino) files.forget(target.stats);
      return [source.parent.enter('.'), target.parent.enter('.')];
    }),
  );
}

const taken = (path: string): FilesError => new FilesError('exists', `The name is taken: ${path}`);

/** To move a directory elsewhere changes its own `..`. */
function checkMovable(
  files: PosixFiles,
  user: PosixUser,
  { source, target }: { readonly source: Resolved; readonly target: Resolved },
): void {
  const stats = there(source);
  const isElsewhere = inodeOf(source.parent) !== inodeOf(target.parent);
  if (stats.isDirectory() && isElsewhere && !may(user, 'write', files.accessOf(stats))) {
    throw denied(source.path);
  }
}

const inodeOf = ({ fd }: Directory): bigint => fstatSync(fd, { bigint: true }).ino;

export function readLink(files: PosixFiles, user: PosixUser, path: string): string {
  return resolve(files, { user, path, follow: false }, (found) => {
    if (!there(found).isSymbolicLink()) throw new FilesError('invalid', `It is no link: ${path}`);
    return readlinkSync(found.parent.at(found.name));
  });
}

export function makeLink(
  files: PosixFiles,
  user: PosixUser,
  { target, path }: { readonly target: string; readonly path: string },
): Directory[] {
  return resolve(files, { user, path, follow: false }, (found) => {
    if (found.stats !== undefined) throw taken(path);
    files.check(user, 'write', { fd: found.parent.fd, path });
    const link = found.parent.at(found.name);
    symlinkSync(target, link);
    files.giveLink(link, user);
    return [found.parent.enter('.')];
  });
}

/** Throws not-found when nothing has the name. */
export function there({ stats, path }: Resolved): BigIntStats {
  if (stats !== undefined) return stats;
  throw new FilesError('not-found', `There is no such file or directory: ${path}`);
}

/** Throws denied unless the user may take the entry out of its directory. */
export function checkUnlink(files: PosixFiles, user: PosixUser, found: Resolved): void {
  const { parent, name, path } = found;
  if (name === '.') throw new FilesError('denied', 'The root cannot be removed or renamed');
  const above = files.check(user, 'write', { fd: parent.fd, path });
  if (!mayUnlink(user, above, files.accessOf(there(found)))) throw denied(path);
}
