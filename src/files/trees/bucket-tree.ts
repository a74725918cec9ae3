import type { Bucket } from '../bucket.ts';
import type { DirectoryEntry, FileStat, FileTree, OpenFile, OpenMode, StatChanges } from '../file-tree.ts';
import { FilesError, PublicError } from '../files-error.ts';
import { readBucketFile } from './bucket-file.ts';
import { moveDirectory, moveFile } from './bucket-moves.ts';
import type { BucketTreeOptions } from './bucket-tree-options.ts';
import { openToWrite } from './open-to-write.ts';
import { impliedDirectoryStat, plainFileStat } from './stats.ts';
import { namesOf, normalize } from './tree-path.ts';

const PAGE = 1000;

/**
 * A bucket as AWS Transfer Family shows it: `/a/b` is the object `a/b`, a directory is whatever a key has before `/`.
 * Files show when they are closed, and are written from start to end unless the bucket can do more.
 */
export function bucketTree(bucket: Bucket, options: BucketTreeOptions): FileTree {
  const lstat = async (path: string): Promise<FileStat> => statOf(bucket, keyOf(path));
  return {
    open: async (path, mode) => open(bucket, { key: keyOf(path), mode, ...options }),
    stat: lstat,
    lstat,
    setStat: async (path, changes) => setStat(bucket, keyOf(path), changes),
    list: (path) => list(bucket, path),
    makeDirectory: async (path) => makeDirectory(bucket, keyOf(path)),
    removeDirectory: async (path) => removeDirectory(bucket, keyOf(path)),
    remove: async (path) => remove(bucket, keyOf(path)),
    rename: async (from, to, { replace }) => rename(bucket, { from: keyOf(from), to: keyOf(to), replace }),
    realPath: async (path) => normalize(path),
    readLink: () => Promise.reject(noLinks()),
    symlink: () => Promise.reject(noLinks()),
  };
}

const noLinks = (): PublicError => new PublicError('unsupported', 'Buckets have no symbolic links');

/** The root is the empty key. */
const keyOf = (path: string): string => namesOf(path).join('/');

async function statOf(bucket: Bucket, key: string): Promise<FileStat> {
  if (key === '') return impliedDirectoryStat();
  const { found, refusal } = await findReadable(bucket, key);
  if (found !== undefined) return plainFileStat(found);
  if (await bucket.hasUnder(`${key}/`)) return impliedDirectoryStat();
  throw refusal ?? isMissing(key);
}

const isMissing = (key: string): FilesError =>
  new FilesError('not-found', `There is no such file or directory: /${key}`);

/** Who may list what is beneath, or put and remove objects, may not always look at one. */
async function findReadable(bucket: Bucket, key: string) {
  try {
    return { found: await bucket.find(key) };
  } catch (error) {
    if (error instanceof FilesError && error.reason === 'denied') return { refusal: error };
    throw error;
  }
}

async function open(
  bucket: Bucket,
  opening: BucketTreeOptions & { readonly key: string; readonly mode: OpenMode },
): Promise<OpenFile> {
  const { key, mode } = opening;
  if (key === '') throw isDirectory('');
  if (mode.write || mode.append) return openToWrite(bucket, opening);
  try {
    return readBucketFile(await bucket.open({ key }));
  } catch (error) {
    const isAbsent = error instanceof FilesError && error.reason === 'not-found';
    throw isAbsent && (await bucket.hasUnder(`${key}/`)) ? isDirectory(key) : error;
  }
}

const isDirectory = (key: string): FilesError =>
  new FilesError('is-a-directory', `It is a directory: /${key}`);

async function setStat(bucket: Bucket, key: string, changes: StatChanges): Promise<void> {
  const { kind, size } = await statOf(bucket, key);
  const { modifiedAt, uid, gid } = changes;
  const isResize = changes.size !== undefined && changes.size !== size;
  if (bucket.touch === undefined || isResize || uid !== undefined || gid !== undefined) {
    throw new PublicError('unsupported', 'Attributes of objects cannot be set');
  }
  if (modifiedAt !== undefined && kind === 'file') await bucket.touch(key, modifiedAt);
}

async function* list(bucket: Bucket, path: string): AsyncGenerator<readonly DirectoryEntry[]> {
  const key = keyOf(path);
  const prefix = key === '' ? '' : `${key}/`;
  let after: string | undefined;
  let isEmpty = true;
  do {
    const page = await bucket.list({
      prefix,
      delimiter: '/',
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    isEmpty &&= page.objects.length === 0 && page.prefixes.length === 0;
    const files = page.objects.map((object) => ({
      name: object.key.slice(prefix.length),
      stat: plainFileStat(object),
    }));
    const directories = page.prefixes.map((each) => ({
      name: each.slice(prefix.length, -1),
      stat: impliedDirectoryStat(),
    }));
    const entries = [...files, ...directories].filter(({ name }) => isShown(name));
    if (entries.length > 0) yield entries;
    after = page.next;
  } while (after !== undefined);
  if (isEmpty && key !== '') await checkDirectory(bucket, key);
}

/** Not the marker itself, nor what no path could name. */
const isShown = (name: string): boolean => name !== '' && name !== '.' && name !== '..';

async function checkDirectory(bucket: Bucket, key: string): Promise<void> {
  const { kind } = await statOf(bucket, key);
  if (kind !== 'directory') throw new FilesError('not-a-directory', `It is no directory: /${key}`);
}

async function makeDirectory(bucket: Bucket, key: string): Promise<void> {
  const isTaken = key === '' || (await isThere(bucket, key));
  if (isTaken) throw new FilesError('exists', `The name is taken: /${key}`);
  const writer = await bucket.create(`${key}/`);
  await writer.publish({ ifAbsent: true });
}

async function isThere(bucket: Bucket, key: string): Promise<boolean> {
  const { found } = await findReadable(bucket, key);
  return found !== undefined || (await bucket.hasUnder(`${key}/`));
}

async function removeDirectory(bucket: Bucket, key: string): Promise<void> {
  if (key === '') throw new FilesError('denied', 'The root cannot be removed');
  const marker = `${key}/`;
  const { objects } = await bucket.list({ prefix: marker, limit: 2 });
  if (objects.some((object) => object.key !== marker)) {
    throw new FilesError('not-empty', `The directory is not empty: /${key}`);
  }
  if (objects.length === 0) await checkDirectory(bucket, key);
  await bucket.remove({ key: marker });
}

/** Who may not look may remove all the same, and is not told whether there was a file. */
async function remove(bucket: Bucket, key: string): Promise<void> {
  if (key === '') throw isDirectory('');
  const { found, refusal } = await findReadable(bucket, key);
  if (found === undefined) {
    if (await bucket.hasUnder(`${key}/`)) throw isDirectory(key);
    if (refusal === undefined) throw isMissing(key);
  }
  await bucket.remove({ key });
}

async function rename(
  bucket: Bucket,
  { from, to, replace }: { readonly from: string; readonly to: string; readonly replace: boolean },
): Promise<void> {
  const { kind } = await statOf(bucket, from);
  if (from === '' || to === '') throw new FilesError('denied', 'The root cannot be renamed');
  if (from === to) return;
  if (kind === 'directory') return moveDirectory(bucket, { from, to, replace });
  if (await bucket.hasUnder(`${to}/`)) throw isDirectory(to);
  await moveFile(bucket, { from, to, replace });
}
