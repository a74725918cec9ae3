import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { KeyedLock } from '../../../lib/keyed-lock.ts';
import type { ObjectAddress } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import type { S3Endpoint } from './s3-endpoint.ts';
import { statusOf } from './s3-failure.ts';
import { markOf, withoutQuotes } from './s3-metadata.ts';

export interface S3Objects {
  readonly endpoint: S3Endpoint;
  /** The endpoint's name of the bucket. */
  readonly bucket: string;
  readonly isVersioned: boolean;
  /** Taken by writers that must not replace an object, for its key. */
  readonly writing: KeyedLock;
  readonly newId: () => string;
  /** Bytes that one request copies at most. */
  readonly copyBytes: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Each of them several requests. */
const QUESTIONS = 4;

export interface Looking extends ObjectAddress {
  readonly etag?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Undefined when there is no such object. Throws changed. */
export async function lookAt(
  { endpoint, bucket }: S3Objects,
  { key, versionId, etag, signal }: Looking,
): Promise<HeadObjectCommandOutput | undefined> {
  if (!isKey(key)) return undefined;
  const input = { Bucket: bucket, Key: key, VersionId: versionId, IfMatch: etag && `"${etag}"` };
  try {
    return await endpoint.call({ shown: key, signal }, (client, sdk, options) =>
      client.send(new sdk.HeadObjectCommand(input), options),
    );
  } catch (error) {
    const isAbsent =
      error instanceof FilesError && (error.reason === 'not-found' || isNoVersion(error, versionId));
    if (isAbsent) return undefined;
    throw error;
  }
}

/** Some endpoints answer for what can be no version id of theirs with a plain refusal. */
const isNoVersion = (error: FilesError, versionId: string | undefined): boolean =>
  versionId !== undefined && error.reason === 'invalid' && statusOf(error.cause) === 400;

/** What an answer says of what was written. */
export interface Written {
  readonly ETag?: string | undefined;
  readonly VersionId?: string | undefined;
}

/** The same with what the answer does not say: that is asked of the object which has the mark, and the content where it is known. */
export async function fullyTold(
  objects: S3Objects,
  { key, mark, signal }: Looking & { readonly mark: string | undefined },
  written: Written,
): Promise<Written> {
  const etag = withoutQuotes(written.ETag);
  const isTold = etag !== '' && (written.VersionId !== undefined || !objects.isVersioned);
  if (isTold) return written;
  const found = await lookUntilTold(objects, { key, versionId: written.VersionId, signal });
  const isSame = markOf(found?.Metadata) === mark && (etag === '' || withoutQuotes(found?.ETag) === etag);
  return found !== undefined && isSame ? { ETag: found.ETag, VersionId: found.VersionId } : written;
}

/** What was written is there already: to say that it failed would be worse than to ask more often than usual. */
async function lookUntilTold(objects: S3Objects, looking: Looking): ReturnType<typeof lookAt> {
  for (let question = 1; ; question++) {
    try {
      return await lookAt(objects, looking);
    } catch (error) {
      const isTransient =
        error instanceof FilesError && (error.reason === 'unavailable' || error.reason === 'throttled');
      if (question === QUESTIONS || !isTransient) throw error;
    }
  }
}

const KEY_BYTES = 1024;

export const isKey = (key: string): boolean =>
  key !== '' && key.isWellFormed() && Buffer.byteLength(key) <= KEY_BYTES;

export const notFound = (key: string): FilesError =>
  new FilesError('not-found', `There is no such object: ${key}`);
