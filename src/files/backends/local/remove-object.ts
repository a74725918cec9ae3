import { lstatSync, unlinkSync } from 'node:fs';
import type { ObjectAddress } from '../../bucket.ts';
import type { FileIdentity } from '../../file-notes.ts';
import { FilesError } from '../../files-error.ts';
import { type Directory, descend } from '../directory.ts';
import { fsFailure, isAbsence } from '../fs-failure.ts';
import { type BucketFiles, directoryIdentity, isSame } from './bucket-files.ts';
import { type ObjectPath, objectPath } from './object-path.ts';
import { prune, settle } from './place-object.ts';
import { hide, NULL_VERSION, removeVersion } from './versions.ts';

/**
 * Removes an object, or hides it where versions are kept; with a version id that version, for good. With `only` the
 * newest content has to be that one: looking and removing are one act. Throws changed.
 */
export async function removeObject(
  files: BucketFiles,
  { key, versionId }: ObjectAddress,
  only?: FileIdentity,
): Promise<void> {
  const path = objectPath(key);
  if (path === undefined) return;
  try {
    if (files.newVersionId === undefined) {
      if (versionId === undefined || versionId === NULL_VERSION) await removeCurrent(files, path, only);
      return;
    }
    const release = await files.lock.take(key);
    try {
      await removeVersioned(files, path, { key, versionId });
    } finally {
      release();
    }
  } catch (error) {
    if (!isAbsence(error)) throw fsFailure(error, key);
  }
}

async function removeVersioned(
  files: BucketFiles,
  path: ObjectPath,
  { key, versionId }: ObjectAddress,
): Promise<void> {
  if (versionId !== undefined) {
    await settle(removeVersion(files, key, versionId));
    await files.own.notes.durable();
    return;
  }
  if (!path.isMarker) await hide(files, key, path);
  await removeCurrent(files, path);
}

async function removeCurrent(files: BucketFiles, path: ObjectPath, only?: FileIdentity): Promise<void> {
  const parent = descend(files.root, path.directories);
  try {
    if (only !== undefined) mustBe(only, parent, path);
    if (!unlinkObject(files, parent, path)) return;
    await parent.flush();
  } finally {
    parent.close();
  }
}

function mustBe(only: FileIdentity, parent: Directory, path: ObjectPath): void {
  const stats = lstatSync(parent.at(path.name), { bigint: true });
  if (!isSame(stats, only)) throw new FilesError('changed', 'The object has been written meanwhile');
}

/** Gives whether an entry has gone. */
function unlinkObject(files: BucketFiles, parent: Directory, path: ObjectPath): boolean {
  const stats = lstatSync(parent.at(path.name), { bigint: true });
  if (path.isMarker !== stats.isDirectory() || !(stats.isFile() || path.isMarker)) return false;
  if (path.isMarker) {
    if (files.find(path) === undefined) return false;
    // Then it goes when nothing is in it, as what is only implied by its content.
    files.own.notes.put(directoryIdentity(stats), { kind: 'implied' });
    prune(files, [...path.directories, path.name]);
    return true;
  }
  unlinkSync(parent.at(path.name));
  if (stats.nlink === 1n) files.own.notes.delete(stats.ino);
  prune(files, path.directories);
  return true;
}
