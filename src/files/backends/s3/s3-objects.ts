import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ObjectAddress } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import type { S3Endpoint } from './s3-endpoint.ts';
import { statusOf } from './s3-failure.ts';

export interface S3Objects {
  readonly endpoint: S3Endpoint;
  /** The endpoint's name of the bucket. */
  readonly bucket: string;
  readonly newId: () => string;
  /** Bytes that one request copies at most. */
  readonly copyBytes: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

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

const KEY_BYTES = 1024;

export const isKey = (key: string): boolean =>
  key !== '' && key.isWellFormed() && Buffer.byteLength(key) <= KEY_BYTES;

export const notFound = (key: string): FilesError =>
  new FilesError('not-found', `There is no such object: ${key}`);
