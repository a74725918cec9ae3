import { linkSync, renameSync, unlinkSync } from 'node:fs';
import { codeOf } from '../../../lib/error-code.ts';
import type { ObjectAddress } from '../../bucket.ts';
import type { ArchivedVersion } from '../../file-notes.ts';
import { within } from '../directory.ts';
import { OWN_FOLDER, removeIfThere } from '../own-folder.ts';
import type { BucketFiles } from './bucket-files.ts';
import { type ObjectPath, objectPath } from './object-path.ts';
import { type Changed, makeAbove, prune } from './place-object.ts';

/** The version of objects that were there before the bucket had versions, or that other programs put there. */
export const NULL_VERSION = 'null';
const VERSIONS = 'versions';
const HIDDEN = '';

/** Where the addressed version lies; undefined where there is none, or only a delete marker. */
export function locate(files: BucketFiles, { key, versionId }: ObjectAddress): ObjectPath | undefined {
  const path = objectPath(key);
  if (path === undefined || versionId === undefined) return path;
  if (currentVersion(files, path) === versionId) return path;
  const archived = files.own.notes.versions(key).find((version) => version.versionId === versionId);
  return archived?.file === undefined ? undefined : archivePath(archived.file);
}

function currentVersion(files: BucketFiles, path: ObjectPath): string | undefined {
  const found = files.find(path);
  return found === undefined ? undefined : (found.note?.versionId ?? NULL_VERSION);
}

function archivePath(file: string): ObjectPath {
  return { directories: [OWN_FOLDER, VERSIONS, file.slice(0, 2)], name: file, isMarker: false };
}

/**
 * Gives the current version a second name among the kept ones, and so lets it outlive what is done under its key next.
 * A crash after this leaves both names, which is no harm.
 */
export async function archive(files: BucketFiles, key: string, path: ObjectPath): Promise<void> {
  const versionId = path.isMarker ? undefined : currentVersion(files, path);
  if (versionId === undefined || files.newVersionId === undefined) return;
  if (versionId === NULL_VERSION) forget(files, key, NULL_VERSION);
  const file = files.newVersionId();
  const kept = archivePath(file);
  const { parent, changed } = makeAbove(files, kept);
  try {
    within(files.root, path.directories, (above) => linkSync(above.at(path.name), parent.at(kept.name)));
    files.own.notes.addVersion(key, { versionId, file });
    await Promise.all([...changed.map((directory) => directory.flush()), files.own.notes.durable()]);
  } catch (error) {
    // Another writer has put something else there: that one is newer than what was to be kept.
    if (codeOf(error) !== 'ENOENT') throw error;
  } finally {
    for (const directory of changed) directory.close();
  }
}

/** Hides the object behind a delete marker. */
export async function hide(files: BucketFiles, key: string, path: ObjectPath): Promise<void> {
  await archive(files, key, path);
  const isHidden = files.own.notes.versions(key)[0]?.file === undefined;
  const isThere = files.find(path) !== undefined;
  if (isHidden && !isThere) return;
  files.own.notes.addVersion(key, { versionId: files.newVersionId?.() ?? HIDDEN });
  await files.own.notes.durable();
}

/** Removes one version for good. When it was the current one, or the marker that hid it, the one before shows again. */
export function removeVersion(files: BucketFiles, key: string, versionId: string): Changed {
  const path = objectPath(key);
  if (path === undefined) return [];
  if (currentVersion(files, path) === versionId) {
    unlinkCurrent(files, path);
    forget(files, key, versionId);
  } else forget(files, key, versionId);
  return files.find(path) === undefined ? restore(files, key, path) : [];
}

function unlinkCurrent(files: BucketFiles, path: ObjectPath): void {
  const inode = files.find(path)?.identity.inode;
  within(files.root, path.directories, (parent) => unlinkSync(parent.at(path.name)));
  if (inode !== undefined) files.own.notes.delete(inode);
  prune(files, path.directories);
}

function forget(files: BucketFiles, key: string, versionId: string): void {
  const archived = files.own.notes.versions(key).filter((version) => version.versionId === versionId);
  for (const { file } of archived) {
    if (file === undefined) continue;
    const path = archivePath(file);
    const found = files.find(path);
    if (found === undefined) continue;
    within(files.root, path.directories, (parent) => removeIfThere(parent.at(file)));
    files.own.notes.delete(found.identity.inode);
  }
  files.own.notes.deleteVersion(key, versionId);
}

/** The newest version becomes the current one, unless it is a delete marker. */
function restore(files: BucketFiles, key: string, path: ObjectPath): Changed {
  const newest: ArchivedVersion | undefined = files.own.notes.versions(key)[0];
  if (newest?.file === undefined) return [];
  const kept = archivePath(newest.file);
  const { parent, changed } = makeAbove(files, path);
  within(files.root, kept.directories, (above) => renameSync(above.at(kept.name), parent.at(path.name)));
  files.own.notes.deleteVersion(key, newest.versionId);
  return changed;
}
