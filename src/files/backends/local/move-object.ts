import { closeSync, fstatSync, futimesSync, lstatSync, unlinkSync } from 'node:fs';
import { codeOf } from '../../../lib/error-code.ts';
import { FilesError } from '../../files-error.ts';
import { type Directory, descend } from '../directory.ts';
import { fsFailure } from '../fs-failure.ts';
import type { BucketFiles } from './bucket-files.ts';
import { type ObjectPath, objectPath } from './object-path.ts';
import { place, prune, settle } from './place-object.ts';
import { pathFor } from './publish-object.ts';

export interface Move {
  readonly from: string;
  readonly to: string;
  readonly replace: boolean;
}

/** Renames a file, or a directory with all beneath. Notes follow by themselves, being about files and not names. */
export async function moveObject(files: BucketFiles, move: Move): Promise<void> {
  const source = objectPath(move.from);
  const target = pathFor(move.to);
  if (source === undefined) throw new FilesError('not-found', `There is no such object: ${move.from}`);
  if (source.isMarker !== target.isMarker) {
    throw new FilesError('invalid', `A directory becomes no file, nor the other way round: ${move.from}`);
  }
  if (target.isMarker && move.to.startsWith(move.from)) {
    throw new FilesError('invalid', `A directory cannot be moved into itself: ${move.from}`);
  }
  try {
    await moveFile(files, { source, target, replace: move.replace });
  } catch (error) {
    throw fsFailure(error, codeOf(error) === 'EEXIST' ? move.to : move.from);
  }
}

interface Paths {
  readonly source: ObjectPath;
  readonly target: ObjectPath;
  readonly replace: boolean;
}

async function moveFile(files: BucketFiles, { source, target, replace }: Paths): Promise<void> {
  const above = descend(files.root, source.directories);
  try {
    checkKind(above, source);
    const from = above.at(source.name);
    const isExclusive = !replace && !source.isMarker;
    // Directories have no exclusive rename here, but one that is not empty is never replaced.
    if (!replace && target.isMarker && files.hasDirectory(target)) throw taken(target.name);
    const changed = place(files, target, { source: from, isExclusive });
    // The link has decided who has the name; a crash just here leaves both.
    if (isExclusive) unlinkSync(from);
    prune(files, source.directories);
    await Promise.all([settle(changed), above.flush()]);
  } finally {
    above.close();
  }
}

function checkKind(above: Directory, { name, isMarker }: ObjectPath): void {
  const stats = lstatSync(above.at(name));
  if (isMarker ? !stats.isDirectory() : !stats.isFile()) {
    throw new FilesError('not-found', `There is no such object: ${name}`);
  }
}

const taken = (name: string): FilesError => new FilesError('exists', `The name is taken: ${name}`);

/** Sets when a file was modified; its notes go on to hold for it. */
export async function touchObject(files: BucketFiles, key: string, modifiedAt: number): Promise<void> {
  const path = objectPath(key);
  const file = path && files.open(path);
  if (file === undefined) throw new FilesError('not-found', `There is no such object: ${key}`);
  try {
    futimesSync(file.fd, modifiedAt / 1000, modifiedAt / 1000);
    const { identity } = files.describe(fstatSync(file.fd, { bigint: true }));
    if (file.note !== undefined) files.own.notes.put(identity, file.note);
    await files.own.notes.durable();
  } catch (error) {
    throw fsFailure(error, key);
  } finally {
    closeSync(file.fd);
  }
}
