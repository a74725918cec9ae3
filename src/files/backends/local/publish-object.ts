import { fstatSync, lstatSync } from 'node:fs';
import { codeOf } from '../../../lib/error-code.ts';
import type { ObjectInfo, PublishOptions } from '../../bucket.ts';
import type { FileNote } from '../../file-notes.ts';
import { FilesError } from '../../files-error.ts';
import { descend } from '../directory.ts';
import type { FileUpload } from '../file-upload.ts';
import { fsFailure } from '../fs-failure.ts';
import { type BucketFiles, EMPTY_MD5 } from './bucket-files.ts';
import { objectInfo } from './object-info.ts';
import { type ObjectPath, objectPath } from './object-path.ts';
import { type Changed, makeAbove, place, settle } from './place-object.ts';
import { archive } from './versions.ts';

export interface Publication {
  readonly key: string;
  readonly upload: FileUpload;
  readonly about: Pick<FileNote, 'metadata' | 'tags'>;
  readonly options: PublishOptions | undefined;
}

/** Throws invalid for a key that no path can stand for. */
export function pathFor(key: string): ObjectPath {
  const path = objectPath(key);
  if (path !== undefined) return path;
  throw new FilesError('invalid', `No file can have this key: ${key}`);
}

/** Lets what was uploaded appear under its key; durable when it resolves. The upload has ended then in any case. */
export async function publishObject(files: BucketFiles, publication: Publication): Promise<ObjectInfo> {
  const { key, upload, options = {} } = publication;
  try {
    const path = pathFor(key);
    options.signal?.throwIfAborted();
    if (path.isMarker) return await publishMarker(files, path, publication);
    // A step that is repeated after a crash leaves what it has published: its effect shall stand once, also as a version.
    const own = await ownEarlier(files, key, options);
    if (own !== undefined) return own;
    return await publishFile(files, path, publication);
  } catch (error) {
    const isTaken = codeOf(error) === 'EEXIST' || (error instanceof FilesError && error.reason === 'exists');
    const own = isTaken ? await ownEarlier(files, key, options) : undefined;
    if (own !== undefined) return own;
    if (isTaken) throw new FilesError('exists', `The key is taken: ${key}`);
    options.signal?.throwIfAborted();
    throw fsFailure(error, key);
  } finally {
    await upload.end();
  }
}

async function publishFile(
  files: BucketFiles,
  path: ObjectPath,
  { key, upload, about, options = {} }: Publication,
): Promise<ObjectInfo> {
  const { fd, etag, path: source, durable } = await upload.finish(options.signal);
  const found = files.describe(fstatSync(fd, { bigint: true }));
  const note: FileNote = {
    kind: 'object',
    etag,
    versionId: files.newVersionId?.(),
    mark: options.mark,
    ...about,
  };
  files.own.notes.put(found.identity, note);
  let changed: Changed;
  try {
    // A mark must outlive any loss of power that its object outlives.
    if (options.mark !== undefined) await files.own.notes.durable();
    await durable();
    changed = await placeAlone(files, path, { key, source, options });
  } catch (error) {
    files.own.notes.delete(found.identity.inode);
    throw error;
  }
  if (options.ifAbsent !== true) upload.moved();
  const info = objectInfo(files, key, { ...found, note, etag });
  const settled = Promise.all([settle(changed), files.own.notes.durable()]);
  options.shown?.(info);
  await settled;
  return info;
}

interface Placing {
  readonly key: string;
  readonly source: string;
  readonly options: PublishOptions;
}

async function placeAlone(
  files: BucketFiles,
  path: ObjectPath,
  { key, source, options }: Placing,
): Promise<Changed> {
  const { signal, ifAbsent: isExclusive = false } = options;
  signal?.throwIfAborted();
  if (files.newVersionId === undefined) return place(files, path, { source, isExclusive });
  const release = await files.lock.take(key, signal);
  try {
    if (!isExclusive) await archive(files, key, path);
    signal?.throwIfAborted();
    return place(files, path, { source, isExclusive });
  } finally {
    release();
  }
}

/** The object is the directory itself; one that was only implied becomes an object. */
async function publishMarker(
  files: BucketFiles,
  path: ObjectPath,
  { key, upload, about, options = {} }: Publication,
): Promise<ObjectInfo> {
  if (upload.size > 0) throw new FilesError('invalid', `A directory has no content: ${key}`);
  const { parent, changed } = makeAbove(files, path);
  try {
    const { directory, isNew } = parent.enterOrMake(path.name);
    directory.close();
    if (!isNew && options.ifAbsent === true && files.find(path) !== undefined) {
      throw new FilesError('exists', `The key is taken: ${key}`);
    }
    const found = files.describeMarker(lstatSync(parent.at(path.name), { bigint: true }));
    const note: FileNote = { kind: 'marker', mark: options.mark, ...about };
    files.own.notes.put(found.identity, note);
    await Promise.all([...changed.map((each) => each.flush()), files.own.notes.durable()]);
    return objectInfo(files, key, { ...found, note, etag: EMPTY_MD5 });
  } finally {
    for (const directory of changed) directory.close();
  }
}

/** What the same caller has published before, durable now. */
async function ownEarlier(
  files: BucketFiles,
  key: string,
  { mark }: PublishOptions,
): Promise<ObjectInfo | undefined> {
  const own = mark === undefined ? undefined : publishedObject(files, key, mark);
  if (own === undefined) return undefined;
  const parent = descend(files.root, pathFor(key).directories);
  await Promise.all([settle([parent]), files.own.notes.durable()]);
  return own;
}

/** The object of a key, if it was published with this mark. */
export function publishedObject(files: BucketFiles, key: string, mark: string): ObjectInfo | undefined {
  const path = objectPath(key);
  const found = path && files.find(path);
  const { note } = found ?? {};
  if (found === undefined || note?.mark !== mark || note.etag === undefined) return undefined;
  return objectInfo(files, key, { ...found, etag: note.etag });
}
