import { createHash } from 'node:crypto';
import { elements, escapeXml, type S3Answer, S3Refusal, type S3Request } from './s3-request.ts';
import { md5Hex, type NewVersion, type StoredObjects, type StoredVersion } from './stored-objects.ts';

interface Upload {
  readonly key: string;
  readonly about: Omit<NewVersion, 'content'>;
  readonly parts: Map<number, Buffer>;
}

/** What handlers work with: every bucket, since copies go from one to another. */
export interface S3World {
  /**
   * As Ceph's gateway: heeds `If-None-Match` of PutObject in unversioned buckets only, does not say which version a copy is, nor the
   * entity tag of what it has put together, and forgets the tags of uploads in parts.
   */
  readonly isLikeCeph: boolean;
  readonly buckets: ReadonlyMap<string, StoredObjects>;
  readonly uploads: Map<string, Upload>;
}

type Handle = (world: S3World, request: S3Request) => S3Answer;

/** Smallest part but for the last one. */
const PART_BYTES = 5 << 20;

export function handleS3(world: S3World, request: S3Request): S3Answer {
  const { method, key, query } = request;
  const isCopy = request.headers['x-amz-copy-source'] !== undefined;
  const kind =
    key === '' ? 'list' : query.has('tagging') ? 'tags' : query.has('uploads') ? 'begin' : 'object';
  const name = query.has('uploadId') ? 'upload' : kind;
  const handle = HANDLERS[`${method} ${name}${isCopy ? ' copy' : ''}`];
  if (handle === undefined) throw new S3Refusal(501, 'NotImplemented');
  return handle(world, request);
}

const HANDLERS: Readonly<Record<string, Handle>> = {
  'GET list': listObjects,
  'GET object': getObject,
  'HEAD object': getObject,
  'PUT object': putObject,
  'PUT object copy': copyObject,
  'DELETE object': deleteObject,
  'GET tags': getTags,
  'PUT tags': putTags,
  'POST begin': beginUpload,
  'PUT upload': uploadPart,
  'PUT upload copy': uploadPartCopy,
  'POST upload': completeUpload,
  'DELETE upload': abortUpload,
};

function bucketOf({ buckets }: S3World, name: string): StoredObjects {
  const found = buckets.get(name);
  if (found === undefined) throw new S3Refusal(404, 'NoSuchBucket');
  return found;
}

function find(
  world: S3World,
  { bucket, key, query }: S3Request,
): StoredVersion & { readonly content: Buffer } {
  const versionId = query.get('versionId') ?? undefined;
  const found = bucketOf(world, bucket).get(key, versionId);
  if (found === undefined) throw new S3Refusal(404, versionId === undefined ? 'NoSuchKey' : 'NoSuchVersion');
  const { content } = found;
  if (content === undefined) throw new S3Refusal(versionId === undefined ? 404 : 405, 'NoSuchKey');
  return { ...found, content };
}

const quoted = (etag: string): string => `"${etag}"`;

function getObject(world: S3World, request: S3Request): S3Answer {
  const found = find(world, request);
  const { 'if-match': match, range } = request.headers;
  if (match !== undefined && match !== quoted(found.etag)) throw new S3Refusal(412, 'PreconditionFailed');
  const metadata = Object.entries(found.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  const headers = {
    etag: quoted(found.etag),
    'last-modified': found.modifiedAt.toUTCString(),
    'content-type': found.contentType,
    ...Object.fromEntries(metadata),
    ...(bucketOf(world, request.bucket).isVersioned && { 'x-amz-version-id': found.id }),
  };
  const parts = /^bytes=(\d+)-(\d+)$/.exec(range ?? '');
  if (parts === null) return { status: 200, headers, body: found.content };
  const [from, to] = [Number(parts[1]), Math.min(Number(parts[2]), found.content.length - 1)];
  if (from > to) throw new S3Refusal(416, 'InvalidRange');
  const contentRange = `bytes ${from}-${to}/${found.content.length}`;
  return {
    status: 206,
    headers: { ...headers, 'content-range': contentRange },
    body: found.content.subarray(from, to + 1),
  };
}

function checkAbsent(world: S3World, { method, bucket, key, headers }: S3Request): void {
  if (world.isLikeCeph && (method === 'POST' || bucketOf(world, bucket).isVersioned)) return;
  const isThere = bucketOf(world, bucket).get(key)?.content !== undefined;
  if (headers['if-none-match'] === '*' && isThere) throw new S3Refusal(412, 'PreconditionFailed');
}

function aboutOf({ headers }: S3Request): Omit<NewVersion, 'content'> {
  const metadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), value]] : [],
  );
  // Not every server takes a plus for a space here: this one does not.
  const tags = [...new URLSearchParams(headers['x-amz-tagging']?.replaceAll('+', '%2B') ?? '')];
  return {
    metadata: Object.fromEntries(metadata),
    contentType: headers['content-type'] ?? 'binary/octet-stream',
    tags: tags.map(([Key, Value]) => ({ Key, Value })),
  };
}

function stored(world: S3World, bucket: string, { etag, id }: StoredVersion): Record<string, string> {
  const { isVersioned } = bucketOf(world, bucket);
  return { etag: quoted(etag), ...(isVersioned && { 'x-amz-version-id': id }) };
}

function putObject(world: S3World, request: S3Request): S3Answer {
  const { bucket, key, body } = request;
  if (Buffer.byteLength(key) > 1024) throw new S3Refusal(400, 'KeyTooLongError');
  checkAbsent(world, request);
  const put = bucketOf(world, bucket).put(key, { content: body, ...aboutOf(request) });
  return { status: 200, headers: stored(world, bucket, put) };
}

function sourceOf(world: S3World, { headers }: S3Request): StoredVersion & { readonly content: Buffer } {
  const [path = '', search = ''] = (headers['x-amz-copy-source'] ?? '').split('?');
  const [bucket = '', ...key] = path.replace(/^\//, '').split('/').map(decodeURIComponent);
  const query = new URLSearchParams(search);
  const found = find(world, {
    method: 'GET',
    bucket,
    key: key.join('/'),
    query,
    headers: {},
    body: Buffer.alloc(0),
  });
  const match = headers['x-amz-copy-source-if-match'];
  if (match !== undefined && match !== quoted(found.etag)) throw new S3Refusal(412, 'PreconditionFailed');
  return found;
}

function copyObject(world: S3World, request: S3Request): S3Answer {
  // Not every endpoint knows the condition here: this one does not.
  const source = sourceOf(world, request);
  const replaces = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  const { tags, ...about } = aboutOf(request);
  const { content, metadata, contentType, etag } = source;
  const put = bucketOf(world, request.bucket).put(request.key, {
    content,
    etag,
    ...(replaces ? about : { metadata, contentType }),
    tags: source.tags,
  });
  const body = `<CopyObjectResult><ETag>${quoted(put.etag)}</ETag><LastModified>${put.modifiedAt.toISOString()}</LastModified></CopyObjectResult>`;
  return { status: 200, headers: world.isLikeCeph ? {} : stored(world, request.bucket, put), body };
}

function deleteObject(world: S3World, { bucket, key, query }: S3Request): S3Answer {
  bucketOf(world, bucket).remove(key, query.get('versionId') ?? undefined);
  return { status: 204 };
}

function getTags(world: S3World, request: S3Request): S3Answer {
  const tags = find(world, request).tags.map(
    ({ Key, Value }) => `<Tag><Key>${escapeXml(Key)}</Key><Value>${escapeXml(Value)}</Value></Tag>`,
  );
  return { status: 200, body: `<Tagging><TagSet>${tags.join('')}</TagSet></Tagging>` };
}

function putTags(world: S3World, request: S3Request): S3Answer {
  find(world, request);
  const xml = request.body.toString();
  const [keys, values] = [elements(xml, 'Key'), elements(xml, 'Value')];
  if (keys.length > 10) throw new S3Refusal(400, 'BadRequest');
  const found = bucketOf(world, request.bucket).get(request.key, request.query.get('versionId') ?? undefined);
  if (found !== undefined) found.tags = keys.map((Key, at) => ({ Key, Value: values[at] ?? '' }));
  return { status: 200 };
}

function beginUpload(world: S3World, request: S3Request): S3Answer {
  bucketOf(world, request.bucket);
  const id = `upload-${world.uploads.size + 1}-${Date.now()}`;
  const about = { ...aboutOf(request), ...(world.isLikeCeph && { tags: [] }) };
  world.uploads.set(id, { key: request.key, about, parts: new Map() });
  const body = `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`;
  return { status: 200, body };
}

function uploadOf({ uploads }: S3World, { query, key }: S3Request): Upload {
  const found = uploads.get(query.get('uploadId') ?? '');
  if (found === undefined || found.key !== key) throw new S3Refusal(404, 'NoSuchUpload');
  return found;
}

function uploadPart(world: S3World, request: S3Request): S3Answer {
  uploadOf(world, request).parts.set(Number(request.query.get('partNumber')), request.body);
  return { status: 200, headers: { etag: quoted(md5Hex(request.body)) } };
}

function uploadPartCopy(world: S3World, request: S3Request): S3Answer {
  const { content } = sourceOf(world, request);
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers['x-amz-copy-source-range'] ?? '');
  const part = range === null ? content : content.subarray(Number(range[1]), Number(range[2]) + 1);
  uploadOf(world, request).parts.set(Number(request.query.get('partNumber')), part);
  return { status: 200, body: `<CopyPartResult><ETag>${quoted(md5Hex(part))}</ETag></CopyPartResult>` };
}

function completeUpload(world: S3World, request: S3Request): S3Answer {
  const { parts, about } = uploadOf(world, request);
  checkAbsent(world, request);
  const xml = request.body.toString();
  const etags = elements(xml, 'ETag');
  const pieces = elements(xml, 'PartNumber').map((number, at) => {
    const part = parts.get(Number(number));
    if (part === undefined || quoted(md5Hex(part)) !== etags[at]) throw new S3Refusal(400, 'InvalidPart');
    return part;
  });
  if (pieces.slice(0, -1).some(({ length }) => length < PART_BYTES))
    throw new S3Refusal(400, 'EntityTooSmall');
  world.uploads.delete(request.query.get('uploadId') ?? '');
  const hashes = Buffer.concat(pieces.map((piece) => createHash('md5').update(piece).digest()));
  const etag = `${md5Hex(hashes)}-${pieces.length}`;
  const put = bucketOf(world, request.bucket).put(request.key, {
    content: Buffer.concat(pieces),
    etag,
    ...about,
  });
  const told = world.isLikeCeph ? '' : quoted(etag);
  const body = `<CompleteMultipartUploadResult><ETag>${told}</ETag></CompleteMultipartUploadResult>`;
  const { etag: _, ...headers } = stored(world, request.bucket, put);
  return { status: 200, headers, body };
}

function abortUpload(world: S3World, request: S3Request): S3Answer {
  uploadOf(world, request);
  world.uploads.delete(request.query.get('uploadId') ?? '');
  return { status: 204 };
}

function listObjects(world: S3World, { bucket, query }: S3Request): S3Answer {
  const objects = bucketOf(world, bucket);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const after = Buffer.from(query.get('start-after') ?? '');
  const limit = Number(query.get('max-keys') ?? 1000);
  const encode = (text: string): string =>
    encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+');
  const found: string[] = [];
  const seen = new Set<string>();
  let isTruncated = false;
  for (const key of objects.sorted()) {
    if (!key.startsWith(prefix) || Buffer.compare(Buffer.from(key), after) <= 0) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const shown = end < 0 ? key : key.slice(0, end + delimiter.length);
    if (seen.has(shown)) continue;
    isTruncated = seen.size === limit;
    if (isTruncated) break;
    seen.add(shown);
    const { content, etag, modifiedAt } = objects.get(key) as StoredVersion;
    found.push(
      end < 0
        ? `<Contents><Key>${encode(key)}</Key><LastModified>${modifiedAt.toISOString()}</LastModified><ETag>${quoted(etag)}</ETag><Size>${content?.length}</Size></Contents>`
        : `<CommonPrefixes><Prefix>${encode(shown)}</Prefix></CommonPrefixes>`,
    );
  }
  const body = `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated><EncodingType>url</EncodingType>${found.join('')}</ListBucketResult>`;
  return { status: 200, body };
}
