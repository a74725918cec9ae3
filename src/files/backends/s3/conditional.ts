import type { ObjectInfo } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import { statusOf } from './s3-failure.ts';
import { infoFrom, markOf } from './s3-metadata.ts';
import { lookAt, type S3Objects } from './s3-objects.ts';

const ATTEMPTS = 4;

/** The endpoint could not decide between writers that came together: one of them shall come again. */
const isUndecided = (error: unknown): boolean => error instanceof FilesError && statusOf(error.cause) === 409;

/** The condition does not hold, or the upload has gone: both may be the work of an attempt whose answer was lost. */
export const isRefused = (error: unknown): error is FilesError =>
  error instanceof FilesError && (error.reason === 'changed' || error.reason === 'not-found');

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
export async function ownEarlier(
  objects: S3Objects,
  {
    key,
    mark,
    refusal,
  }: { readonly key: string; readonly mark: string | undefined; readonly refusal: FilesError },
): Promise<ObjectInfo> {
  const own = mark === undefined ? undefined : await publishedS3(objects, key, mark);
  if (own !== undefined) return own;
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
