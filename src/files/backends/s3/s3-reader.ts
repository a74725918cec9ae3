import type { ObjectAddress, ObjectReader } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import { infoFrom } from './s3-metadata.ts';
import { lookAt, notFound, type S3Objects } from './s3-objects.ts';

const BLOCK = 2 << 20;
/** Blocks that are fetched before anybody asks for them, once reads go onwards. */
const AHEAD = 3;
const KEPT = AHEAD + 2;

/** Opens an object: every part that is read later is of the content that it has now. */
export async function openS3(
  objects: S3Objects,
  address: ObjectAddress,
  etag: string | undefined,
): Promise<ObjectReader> {
  const { key } = address;
  const found = await lookAt(objects, { ...address, etag });
  if (found === undefined) throw notFound(key);
  const info = infoFrom(key, found);
  const ending = new AbortController();
  const version = address.versionId ?? info.versionId;
  const fetch = (from: number, length: number): Promise<Uint8Array> =>
    fetchRange(objects, { key, versionId: version, etag: info.etag, from, length, signal: ending.signal });
  const blocks = new Blocks(info.size, fetch);
  return {
    info,
    read: async (position, length) => {
      if (ending.signal.aborted) throw new FilesError('invalid', `The object is no longer open: ${key}`);
      return blocks.read(position, Math.max(0, Math.min(length, info.size - position)));
    },
    close: async () => ending.abort(new FilesError('invalid', `The object was closed: ${key}`)),
  };
}

interface Range {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly etag: string;
  readonly from: number;
  readonly length: number;
  readonly signal?: AbortSignal | undefined;
}

export function fetchRange({ endpoint, bucket }: S3Objects, range: Range): Promise<Uint8Array> {
  const { key, versionId, etag, from, length, signal } = range;
  const input = {
    Bucket: bucket,
    Key: key,
    VersionId: versionId,
    IfMatch: `"${etag}"`,
    Range: `bytes=${from}-${from + length - 1}`,
  };
  return endpoint.call({ shown: key, signal }, async (client, sdk, options) => {
    const { Body } = await client.send(new sdk.GetObjectCommand(input), options);
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array(0);
    if (bytes.length === length) return bytes;
    throw new FilesError('unavailable', `The endpoint sent ${bytes.length} of ${length} bytes: ${key}`);
  });
}

/** Reads by blocks of which the next are fetched ahead; what is far off and short is fetched as it is. */
class Blocks {
  readonly #size: number;
  readonly #fetch: (from: number, length: number) => Promise<Uint8Array>;
  /** The one used last at the end. */
  readonly #blocks = new Map<number, Promise<Uint8Array>>();

  constructor(size: number, fetch: (from: number, length: number) => Promise<Uint8Array>) {
    this.#size = size;
    this.#fetch = fetch;
  }

  async read(position: number, length: number): Promise<Uint8Array> {
    if (length === 0) return new Uint8Array(0);
    const first = Math.floor(position / BLOCK);
    const last = Math.floor((position + length - 1) / BLOCK);
    if (!this.#isOnward(first)) return this.#fetch(position, length);
    const blocks = Array.from({ length: last - first + 1 }, (_, at) => this.#block(first + at));
    for (let at = last + 1; at <= last + AHEAD && at * BLOCK < this.#size; at++) this.#block(at);
    const from = position - first * BLOCK;
    const [only, ...more] = await Promise.all(blocks);
    if (only !== undefined && more.length === 0) return only.subarray(from, from + length);
    return Buffer.concat([only ?? new Uint8Array(0), ...more]).subarray(from, from + length);
  }

  #isOnward(block: number): boolean {
    return block === 0 || this.#blocks.has(block) || this.#blocks.has(block - 1);
  }

  #block(at: number): Promise<Uint8Array> {
    const from = at * BLOCK;
    const block = this.#blocks.get(at) ?? this.#fetch(from, Math.min(BLOCK, this.#size - from));
    this.#blocks.delete(at);
    this.#blocks.set(at, block);
    // One that failed is fetched again when it is asked for; nobody may be waiting for it now.
    block.catch(() => this.#blocks.get(at) === block && this.#blocks.delete(at));
    for (const old of this.#blocks.keys()) if (this.#blocks.size > KEPT && old < at) this.#blocks.delete(old);
    return block;
  }
}
