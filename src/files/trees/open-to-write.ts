import type { Bucket } from '../bucket.ts';
import { pump } from '../copy-content.ts';
import type { OpenFile, OpenMode } from '../file-tree.ts';
import { FilesError, PublicError } from '../files-error.ts';
import { WrittenBucketFile } from './bucket-file.ts';
import type { BucketTreeOptions } from './bucket-tree-options.ts';
import { anywhere, Contiguous } from './content.ts';
import { OPENS_WHOLE_WITHOUT_TRUNCATE } from './inferred.ts';

interface Opening extends BucketTreeOptions {
  readonly key: string;
  readonly mode: OpenMode;
}

/** Begins an object that will be there, or be replaced, when the file is closed. */
export async function openToWrite(bucket: Bucket, opening: Opening): Promise<OpenFile> {
  const { key, mode, metadata = {}, beginWriting, now } = opening;
  checkMode(bucket, mode);
  // Where directories are real ones, no file can be beside one.
  if (bucket.writesAnywhere && (await isSeenAsDirectory(bucket, key))) {
    throw new FilesError('is-a-directory', `It is a directory: /${key}`);
  }
  const isThere = needsLook(mode) && (await bucket.find(key)) !== undefined;
  if (isThere && mode.exclusive) throw new FilesError('exists', `The name is taken: /${key}`);
  if (!isThere && !mode.create) throw new FilesError('not-found', `There is no such file: /${key}`);
  const keeps = isThere && !mode.truncate;
  const writer = await bucket.create(key, { metadata });
  try {
    const from = keeps && bucket.writesAnywhere ? await takeOver(bucket, key, writer) : 0;
    const content = bucket.writesAnywhere ? anywhere(writer, from, mode.append) : new Contiguous(writer);
    const isExclusive = mode.create && mode.exclusive;
    return new WrittenBucketFile({
      ...{ bucket, key, writer, content, isExclusive },
      written: beginWriting?.(`/${key}`),
      keepsUnwritten: keeps,
      openedAt: now(),
    });
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Who may only write need not be able to look. */
async function isSeenAsDirectory(bucket: Bucket, key: string): Promise<boolean> {
  try {
    return await bucket.hasUnder(`${key}/`);
  } catch (error) {
    if (error instanceof FilesError && error.reason === 'denied') return false;
    throw error;
  }
}

function checkMode(bucket: Bucket, mode: OpenMode): void {
  const isPartial = !mode.truncate && !OPENS_WHOLE_WITHOUT_TRUNCATE;
  if (mode.read || (!bucket.writesAnywhere && (mode.append || isPartial))) {
    throw new PublicError('unsupported', `Cannot open file in mode: ${modeText(mode)}`);
  }
}

/** As the vendor writes it. */
function modeText(mode: OpenMode): string {
  const names = ['append', 'create', 'exclusive', 'read', 'truncate', 'write'] as const;
  return names
    .filter((name) => mode[name])
    .map((name) => name.toUpperCase())
    .join('|');
}

/** A plain upload, which creates and truncates, needs no question to the backend. */
const needsLook = (mode: OpenMode): boolean => mode.exclusive || !mode.create || !mode.truncate;

/** What is there becomes the beginning of what will be; gives its size. */
async function takeOver(bucket: Bucket, key: string, writer: Parameters<typeof pump>[1]): Promise<number> {
  const reader = await bucket.open({ key });
  try {
    await pump(reader, writer);
    return reader.info.size;
  } finally {
    await reader.close();
  }
}
