import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ObjectAddress, ObjectInfo, PublishOptions, Tag } from '../../bucket.ts';
import { completeParts, writeAbsent } from './conditional.ts';
import { Multipart } from './multipart.ts';
import { etagOf, fromHeaders, markOf, toHeaders, withoutQuotes } from './s3-metadata.ts';
import { fullyTold, lookAt, notFound, type S3Objects, type Written } from './s3-objects.ts';
import { fetchRange } from './s3-reader.ts';
import { getTagsS3, taggingOf } from './s3-tags.ts';

/** What passes through this process where it must not replace an object: that takes fewer requests than parts. */
const SMALL_BYTES = 2 ** 20;
/** Small enough that several are on their way at once. */
const PART_BYTES = 2 ** 30;
const PARTS = 10_000;
const PARTS_AT_ONCE = 4;

export interface S3Copy {
  readonly source: S3Objects;
  readonly from: ObjectAddress & { readonly etag?: string | undefined };
  readonly key: string;
  readonly options: PublishOptions;
}

/** Copies within the service. One who must not replace writes small objects, or copies in parts: only that can be conditional. */
export async function copyS3(objects: S3Objects, copy: S3Copy): Promise<ObjectInfo> {
  const { source, from, key, options } = copy;
  const found = await lookAt(source, { ...from, signal: options.signal });
  if (found === undefined) throw notFound(from.key);
  const { ifAbsent = false, mark } = options;
  const kept = mark ?? (ifAbsent ? objects.newId() : undefined);
  const copying = { ...copy, found, kept };
  const size = found.ContentLength ?? 0;
  const copied = await wayOf(objects, size, ifAbsent)(objects, copying);
  if ('metadata' in copied) return copied;
  const { VersionId: versionId } = copied;
  return {
    key,
    size,
    modifiedAt: copied.modifiedAt ?? objects.now(),
    etag: withoutQuotes(copied.ETag),
    metadata: fromHeaders(found.Metadata),
    ...(versionId !== undefined && { versionId }),
  };
}

function wayOf({ copyBytes }: S3Objects, size: number, ifAbsent: boolean) {
  if (ifAbsent) return size <= SMALL_BYTES ? putSmall : copyParts;
  return size <= copyBytes ? copyWhole : copyParts;
}

interface Copying extends S3Copy {
  readonly found: HeadObjectCommandOutput;
  /** The mark that the copy gets. */
  readonly kept: string | undefined;
}

interface Copied extends Written {
  readonly modifiedAt?: number | undefined;
}

async function copyWhole(objects: S3Objects, copying: Copying): Promise<Copied> {
  const { found, kept, key, options } = copying;
  // The source's own mark must not go with the copy.
  const replaces = kept !== undefined || markOf(found.Metadata) !== undefined;
  const input = {
    Bucket: objects.bucket,
    Key: key,
    ...sourceOf(copying),
    ...(replaces && { MetadataDirective: 'REPLACE' as const, ...described(copying) }),
  };
  const { CopyObjectResult, VersionId } = await objects.endpoint.call(
    { shown: key, signal: options.signal },
    (client, sdk, sending) => client.send(new sdk.CopyObjectCommand(input), sending),
  );
  const modifiedAt = CopyObjectResult?.LastModified?.getTime();
  const written = { ETag: etagOf(CopyObjectResult, key), VersionId };
  return { ...(await fullyTold(objects, { key, mark: kept }, written)), modifiedAt };
}

function sourceOf({ source, from, found }: Copying) {
  const version = from.versionId ?? found.VersionId;
  const path = `${source.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}`;
  const CopySource = version === undefined ? path : `${path}?versionId=${encodeURIComponent(version)}`;
  return { CopySource, CopySourceIfMatch: found.ETag ?? '' };
}

/** What the source says of itself and is not part of its content. */
function described({ found, kept }: Copying) {
  const { ContentType, ContentEncoding, ContentDisposition, ContentLanguage, CacheControl, Metadata } = found;
  return {
    Metadata: toHeaders(fromHeaders(Metadata), kept),
    ...{ ContentType, ContentEncoding, ContentDisposition, ContentLanguage, CacheControl },
  };
}

async function putSmall(objects: S3Objects, copying: Copying): Promise<Copied | ObjectInfo> {
  const { key, kept, options } = copying;
  const { signal } = options;
  const tagging = taggingOf(await sourceTags(copying));
  const Body = await contentOf(copying);
  const input = {
    ...{ Bucket: objects.bucket, Key: key, Body, IfNoneMatch: '*', Tagging: tagging },
    ...described(copying),
  };
  const write = () =>
    objects.endpoint.call({ shown: key, signal }, (client, sdk, sending) =>
      client.send(new sdk.PutObjectCommand(input), sending),
    );
  return writeAbsent(objects, { key, mark: kept, signal, write });
}

async function contentOf({ source, from, found, options }: Copying): Promise<Uint8Array> {
  const length = found.ContentLength ?? 0;
  if (length === 0) return new Uint8Array(0);
  const etag = withoutQuotes(found.ETag);
  const versionId = from.versionId ?? found.VersionId;
  return fetchRange(source, { key: from.key, versionId, etag, from: 0, length, signal: options.signal });
}

async function copyParts(objects: S3Objects, copying: Copying): Promise<Copied | ObjectInfo> {
  const { key, kept, options } = copying;
  const { ifAbsent = false, signal } = options;
  const { Metadata, ...headers } = described(copying);
  const tags = await sourceTags(copying);
  const tagging = taggingOf(tags);
  const multipart = await Multipart.begin(objects, { key, metadata: Metadata, tagging, headers, signal });
  try {
    await putParts(multipart, copying, objects.copyBytes);
  } catch (error) {
    await multipart.abort();
    throw error;
  }
  return completeParts(objects, multipart, { key, mark: kept, ifAbsent, tags, signal });
}

async function putParts(multipart: Multipart, copying: Copying, most: number): Promise<void> {
  const size = copying.found.ContentLength ?? 0;
  const partSize = Math.max(Math.min(most, PART_BYTES), Math.ceil(size / PARTS));
  const count = Math.ceil(size / partSize);
  const failing = new AbortController();
  const signals = [failing.signal, ...(copying.options.signal ? [copying.options.signal] : [])];
  const signal = AbortSignal.any(signals);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) {
      const end = Math.min((at + 1) * partSize, size) - 1;
      const CopySourceRange = `bytes=${at * partSize}-${end}`;
      await multipart.putCopy(at + 1, { ...sourceOf(copying), CopySourceRange }, signal);
    }
  };
  const working = Array.from({ length: PARTS_AT_ONCE }, work);
  try {
    await Promise.all(working);
  } catch (error) {
    failing.abort(error);
    // A part that arrived after the upload was aborted would stay.
    await Promise.allSettled(working);
    throw error;
  }
}

function sourceTags({ source, from, found, options }: Copying): Promise<readonly Tag[]> {
  const version = from.versionId ?? found.VersionId;
  return getTagsS3(source, { key: from.key, versionId: version, signal: options.signal });
}
