import { KeyedLock } from '../../../lib/keyed-lock.ts';
import type {
  Bucket,
  CopySource,
  CreateOptions,
  ListedObject,
  ListPage,
  ListQuery,
  ObjectAddress,
  ObjectInfo,
  ObjectReader,
  ObjectWriter,
  PublishOptions,
  Tag,
} from '../../bucket.ts';
import { copyAcross } from '../../copy-content.ts';
import { FilesError } from '../../files-error.ts';
import { decided, publishedS3 } from './conditional.ts';
import { copyS3 } from './s3-copy.ts';
import { type S3Config, S3Endpoint } from './s3-endpoint.ts';
import { listS3 } from './s3-list.ts';
import { infoFrom } from './s3-metadata.ts';
import { isKey, lookAt, type S3Objects } from './s3-objects.ts';
import { openS3 } from './s3-reader.ts';
import { getTagsS3, putTagsS3 } from './s3-tags.ts';
import { S3Writer } from './s3-writer.ts';

export interface S3BucketOptions extends S3Config {
  /** What it is called here. */
  readonly name: string;
  readonly region: string;
  readonly versioning: boolean;
  readonly newId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Bytes that one request copies at most; S3 copies 5 GiB. */
  readonly copyBytes?: number;
}

const COPY_BYTES = 5 * 2 ** 30;

/** A bucket behind an endpoint that speaks S3. Marks are kept as user metadata. */
export class S3Bucket implements Bucket {
  readonly name: string;
  readonly region: string;
  readonly isVersioned: boolean;
  readonly writesAnywhere = false;
  readonly #objects: S3Objects;

  constructor(options: S3BucketOptions) {
    const { name, region, versioning, newId, now, copyBytes = COPY_BYTES, ...config } = options;
    this.name = name;
    this.region = region;
    this.isVersioned = versioning;
    const endpoint = new S3Endpoint({ ...config, region });
    const known = { endpoint, bucket: config.bucket, isVersioned: versioning };
    this.#objects = { ...known, writing: new KeyedLock(), newId, now, copyBytes };
  }

  async head(object: ObjectAddress): Promise<ObjectInfo | undefined> {
    const found = await lookAt(this.#objects, object);
    return found && infoFrom(object.key, found);
  }

  find(key: string): Promise<ListedObject | undefined> {
    return this.head({ key });
  }

  async hasUnder(prefix: string): Promise<boolean> {
    const { objects, prefixes } = await this.list({ prefix, limit: 1 });
    return objects.length + prefixes.length > 0;
  }

  open(object: ObjectAddress, match?: { readonly etag?: string | undefined }): Promise<ObjectReader> {
    return openS3(this.#objects, object, match?.etag);
  }

  async create(key: string, options: CreateOptions = {}): Promise<ObjectWriter> {
    checkKey(key);
    return new S3Writer(this.#objects, key, options);
  }

  async copy(from: CopySource, key: string, options?: PublishOptions): Promise<ObjectInfo> {
    checkKey(key);
    const source = from.bucket instanceof S3Bucket ? from.bucket.#objects : undefined;
    if (source === undefined || !this.#objects.endpoint.sees(source.endpoint)) {
      return copyAcross(from, { bucket: this, key, options });
    }
    return copyS3(this.#objects, { source, from, key, options: options ?? {} });
  }

  published(key: string, mark: string): Promise<ObjectInfo | undefined> {
    return publishedS3(this.#objects, key, mark);
  }

  async remove(object: ObjectAddress, match?: { readonly etag?: string | undefined }): Promise<void> {
    const etag = match?.etag;
    if (!isKey(object.key)) return;
    // Not every endpoint heeds If-Match, so it is looked at before as well.
    if (etag !== undefined && !(await this.#is(object, etag))) return;
    try {
      await decided(() => this.#delete(object, etag));
    } catch (error) {
      if (!(error instanceof FilesError)) throw error;
      if (error.reason === 'unsupported' && etag !== undefined) await this.#delete(object);
      else if (error.reason !== 'not-found') throw error;
    }
  }

  async #delete({ key, versionId }: ObjectAddress, etag?: string): Promise<void> {
    const { endpoint, bucket } = this.#objects;
    const condition = etag === undefined ? {} : { IfMatch: `"${etag}"` };
    const input = { Bucket: bucket, Key: key, VersionId: versionId, ...condition };
    await endpoint.call({ shown: key }, (client, sdk) => client.send(new sdk.DeleteObjectCommand(input)));
  }

  /** False when there is no such object. Throws changed. */
  async #is(object: ObjectAddress, etag: string): Promise<boolean> {
    const found = await this.head(object);
    if (found !== undefined && found.etag !== etag)
      throw new FilesError('changed', `The object has another entity tag: ${object.key}`);
    return found !== undefined;
  }

  list(query: ListQuery): Promise<ListPage> {
    return listS3(this.#objects, query);
  }

  getTags(object: ObjectAddress): Promise<readonly Tag[]> {
    return getTagsS3(this.#objects, object);
  }

  putTags(object: ObjectAddress, tags: readonly Tag[]): Promise<void> {
    return putTagsS3(this.#objects, object, tags);
  }

  close(): Promise<void> {
    return this.#objects.endpoint.close();
  }
}

function checkKey(key: string): void {
  if (!isKey(key)) throw new FilesError('invalid', `A key has 1 to 1024 bytes: ${key.slice(0, 100)}`);
}
