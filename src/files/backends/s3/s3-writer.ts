import type { CreateOptions, ObjectInfo, ObjectWriter, PublishOptions, Tag } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import { checkTags } from '../../metadata.ts';
import { completeParts, decided, writeAbsent } from './conditional.ts';
import { Multipart, partBytes } from './multipart.ts';
import { PartBuffer } from './part-buffer.ts';
import { fromHeaders, toHeaders, withoutQuotes } from './s3-metadata.ts';
import type { S3Objects, Written } from './s3-objects.ts';
import { taggingOf } from './s3-tags.ts';

/** Parts on their way at the same time, beside the one that is filled. */
const PARTS_AT_ONCE = 2;

/** Uploads an object from start to end: in one request if it is small, else in parts. */
export class S3Writer implements ObjectWriter {
  readonly #objects: S3Objects;
  readonly #key: string;
  readonly #metadata: Readonly<Record<string, string>>;
  readonly #tags: readonly Tag[];
  /** Known of the object from its first part on. */
  readonly #mark: string;
  readonly #part = new PartBuffer();
  readonly #sending = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #multipart: Multipart | undefined;
  #number = 1;
  #size = 0;
  #failure: unknown;
  #isEnded = false;

  constructor(objects: S3Objects, key: string, { metadata = {}, tags = [], mark }: CreateOptions) {
    this.#objects = objects;
    this.#key = key;
    checkTags(tags);
    this.#metadata = metadata;
    this.#tags = tags;
    this.#mark = mark ?? objects.newId();
  }

  write(position: number, bytes: Uint8Array): Promise<void> | undefined {
    if (this.#isEnded) throw new FilesError('invalid', `The upload has ended: ${this.#key}`);
    if (position !== this.#size) {
      throw new FilesError('unsupported', `An object is written from its start to its end: ${this.#key}`);
    }
    this.#size += bytes.length;
    if (this.#part.size + bytes.length <= partBytes(this.#number)) {
      this.#part.add(bytes);
      return undefined;
    }
    return this.#writeOn(bytes);
  }

  async #writeOn(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      if (this.#part.size === partBytes(this.#number)) await this.#send();
      const piece = bytes.subarray(at, at + partBytes(this.#number) - this.#part.size);
      this.#part.add(piece);
      at += piece.length;
    }
  }

  /** Sends the part once there is room on the way. */
  async #send(): Promise<void> {
    while (this.#sending.size >= PARTS_AT_ONCE) await Promise.race(this.#sending);
    if (this.#failure !== undefined) throw this.#failure;
    const { signal } = this.#ending;
    const multipart = this.#multipart ?? (await this.#begin());
    const sending = multipart
      .put(this.#number, this.#part.take(), signal)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
    this.#number += 1;
  }

  async #begin(): Promise<Multipart> {
    const metadata = toHeaders(this.#metadata, this.#mark);
    const options = { key: this.#key, metadata, tagging: taggingOf(this.#tags), signal: this.#ending.signal };
    this.#multipart = await Multipart.begin(this.#objects, options);
    return this.#multipart;
  }

  async publish(options: PublishOptions = {}): Promise<ObjectInfo> {
    this.#isEnded = true;
    const follow = (): void => this.#ending.abort(options.signal?.reason);
    options.signal?.addEventListener('abort', follow);
    try {
      options.signal?.throwIfAborted();
      return await (this.#multipart === undefined ? this.#putWhole(options) : this.#complete(options));
    } catch (error) {
      await this.abort();
      throw error;
    } finally {
      options.signal?.removeEventListener('abort', follow);
    }
  }

  async #putWhole({ ifAbsent = false, mark, signal }: PublishOptions): Promise<ObjectInfo> {
    const { endpoint, bucket } = this.#objects;
    const kept = mark ?? (ifAbsent ? this.#mark : undefined);
    const input = {
      Bucket: bucket,
      Key: this.#key,
      Body: this.#part.take(),
      Metadata: toHeaders(this.#metadata, kept),
      Tagging: taggingOf(this.#tags),
      ...(ifAbsent && { IfNoneMatch: '*' }),
    };
    const put = () =>
      endpoint.call({ shown: this.#key, signal }, (client, sdk, options) =>
        client.send(new sdk.PutObjectCommand(input), options),
      );
    const absent = { key: this.#key, mark: kept, signal, write: put };
    return this.#info(await (ifAbsent ? writeAbsent(this.#objects, absent) : decided(put)));
  }

  async #complete(options: PublishOptions): Promise<ObjectInfo> {
    const { ifAbsent = false, mark, signal } = options;
    if (mark !== undefined && mark !== this.#mark) {
      throw new FilesError('invalid', `A mark must be given when the upload begins: ${this.#key}`);
    }
    if (this.#part.size > 0) await this.#send();
    await Promise.all(this.#sending);
    if (this.#failure !== undefined) throw this.#failure;
    const multipart = this.#multipart as Multipart;
    this.#multipart = undefined;
    const end = { key: this.#key, mark: this.#mark, ifAbsent, tags: this.#tags, signal };
    return this.#info(await completeParts(this.#objects, multipart, end));
  }

  #info(written: Written | ObjectInfo): ObjectInfo {
    if ('metadata' in written) return written;
    const { ETag, VersionId: versionId } = written;
    return {
      key: this.#key,
      size: this.#size,
      // What the endpoint calls the time of the object is not in its answer.
      modifiedAt: this.#objects.now(),
      etag: withoutQuotes(ETag),
      metadata: fromHeaders(toHeaders(this.#metadata, undefined)),
      ...(versionId !== undefined && { versionId }),
    };
  }

  async abort(): Promise<void> {
    this.#isEnded = true;
    this.#ending.abort(new FilesError('invalid', `The upload was ended: ${this.#key}`));
    this.#part.take();
    await Promise.all(this.#sending);
    await this.#multipart?.abort();
    this.#multipart = undefined;
  }
}
