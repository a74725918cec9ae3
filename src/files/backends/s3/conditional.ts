import type { ObjectInfo, Tag } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import type { Multipart } from './multipart.ts';
import { statusOf } from './s3-failure.ts';
import { infoFrom, markOf } from './s3-metadata.ts';
import { fullyTold, type Looking, lookAt, type S3Objects, type Written } from './s3-objects.ts';
import { keepTagsS3 } from './s3-tags.ts';

const ATTEMPTS = 4;

/** The endpoint could not decide between writers that came together: one of them shall come again. */
const isUndecided = (error: unknown): boolean => error instanceof FilesError && statusOf(error.cause) === 409;

/** The condition does not hold, or the upload has gone: both may be the work of an attempt whose answer was lost. */
const isRefused = (error: unknown): error is FilesError =>
  error instanceof FilesError &&
  (error.reason === 'changed' || (error.reason === 'not-found' && !isOfBucket(error)));

const isOfBucket = ({ cause }: FilesError): boolean =>
  cause instanceof Error && cause.name === 'NoSuchBucket';

export interface AbsentWrite<T> {
  readonly key: string;
  /** The mark that the object gets. */
  readonly mark: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Makes the endpoint decide, if it can. */
  readonly write: () => Promise<T>;
}

/**
 * Writes a key that must not be taken. Not every endpoint heeds a condition, or heeds it in every bucket and request: so
 * the key is looked at before, by one writer of ours after the other.
 */
export async function writeAbsent<T>(
  objects: S3Objects,
  { key, mark, signal, write }: AbsentWrite<T>,
): Promise<T | ObjectInfo> {
  const giveBack = await objects.writing.take(key, signal);
  try {
    const found = await lookIfAllowed(objects, { key, signal });
    if (found === undefined) return await decided(write);
    if (mark !== undefined && markOf(found.Metadata) === mark) return infoFrom(key, found);
    throw new FilesError('exists', `The key is taken: ${key}`);
  } catch (error) {
    if (!isRefused(error)) throw error;
    return await ownEarlier(objects, { key, mark, refusal: error });
  } finally {
    giveBack();
  }
}

async function lookIfAllowed(objects: S3Objects, looking: Looking) {
  try {
    return await lookAt(objects, looking);
  } catch (error) {
    if (error instanceof FilesError && error.reason === 'denied') return undefined;
    throw error;
  }
}

export interface PartsEnd extends Omit<AbsentWrite<unknown>, 'write'> {
  readonly ifAbsent: boolean;
  readonly tags: readonly Tag[];
}

/** Ends an upload in parts, and leaves none of it where the object is not made of it. */
export async function completeParts(
  objects: S3Objects,
  parts: Multipart,
  end: PartsEnd,
): Promise<Written | ObjectInfo> {
  const completed = await ended(objects, parts, end);
  const told = 'metadata' in completed ? completed : await fullyTold(objects, end, completed);
  const versionId = 'metadata' in told ? told.versionId : told.VersionId;
  await keepTagsS3(objects, { key: end.key, versionId, signal: end.signal }, end.tags);
  return told;
}

async function ended(objects: S3Objects, parts: Multipart, { ifAbsent, ...end }: PartsEnd) {
  const write = () => parts.complete({ ifAbsent, signal: end.signal });
  try {
    const written = await (ifAbsent ? writeAbsent(objects, { ...end, write }) : decided(write));
    if ('metadata' in written) await parts.abort();
    return written;
  } catch (error) {
    await parts.abort();
    if (ifAbsent || !isRefused(error)) throw error;
    return ownEarlier(objects, { key: end.key, mark: end.mark, refusal: error });
  }
}

/** Repeats a conditional write as long as the endpoint cannot decide it. */
export async function decided<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (attempt === ATTEMPTS || !isUndecided(error)) throw error;
    }
  }
}

/**
 * What became of a write that was refused: done all the same, if the object has our mark. That is so when the caller
 * repeats itself after a crash, and when the answer to the first attempt was lost on its way.
 */
async function ownEarlier(
  objects: S3Objects,
  {
    key,
    mark,
    refusal,
  }: { readonly key: string; readonly mark: string | undefined; readonly refusal: FilesError },
): Promise<ObjectInfo> {
  const found = mark === undefined ? undefined : await lookIfAllowed(objects, { key });
  if (found !== undefined && markOf(found.Metadata) === mark) return infoFrom(key, found);
  if (refusal.reason !== 'changed') {
    throw new FilesError('unavailable', `The upload has gone: ${key}`, { cause: refusal });
  }
  throw new FilesError('exists', `The key is taken: ${key}`, { cause: refusal });
}

/** The object of a key, if it was published with this mark. */
export async function publishedS3(
  objects: S3Objects,
  key: string,
  mark: string,
): Promise<ObjectInfo | undefined> {
  const found = await lookAt(objects, { key });
  return found !== undefined && markOf(found.Metadata) === mark ? infoFrom(key, found) : undefined;
}
