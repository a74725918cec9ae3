import { createHash } from 'node:crypto';
import type {
  Bucket,
  CopySource,
  CreateOptions,
  ListPage,
  ListQuery,
  ObjectAddress,
  ObjectInfo,
  ObjectReader,
  ObjectWriter,
  PublishOptions,
  Tag,
} from '../../src/files/bucket.ts';
import { FilesError, type FilesReason } from '../../src/files/files-error.ts';

interface Stored {
  readonly info: ObjectInfo;
  readonly bytes: Buffer;
  readonly mark: string | undefined;
  tags: readonly Tag[];
}

export interface MemoryBucketOptions {
  readonly region?: string;
  readonly isVersioned?: boolean;
}

/** What is about to happen to a key; a test may throw, or wait. */
export type BucketHook = (
  verb: 'head' | 'open' | 'read' | 'create' | 'publish' | 'copy' | 'remove' | 'tags',
  key: string,
) => Promise<void> | void;

/** A bucket in memory, with a place for faults before each thing it does. */
export class MemoryBucket implements Bucket {
  readonly name: string;
  readonly region: string;
  readonly isVersioned: boolean;
  readonly writesAnywhere = false;
  /** Uploads that are neither published nor aborted. */
  uploads = 0;
  before: BucketHook = () => undefined;
  /** After a publication or copy is there and before its caller hears of it. */
  after: BucketHook = () => undefined;
  /** Versions, oldest first. */
  readonly #objects = new Map<string, Stored[]>();
  #lastVersion = 0;

  constructor(name: string, { region = 'us-east-1', isVersioned = false }: MemoryBucketOptions = {}) {
    this.name = name;
    this.region = region;
    this.isVersioned = isVersioned;
  }

  /** Puts an object there as another client would. */
  put(key: string, content: string | Uint8Array, tags: readonly Tag[] = []): ObjectInfo {
    return this.#store(key, Buffer.from(content), { metadata: {}, tags }).info;
  }

  text(key: string): string | undefined {
    return this.#newest({ key })?.bytes.toString();
  }

  tags(key: string, versionId?: string): Readonly<Record<string, string>> {
    const tags = this.#newest({ key, versionId })?.tags ?? [];
    return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  }

  get keys(): readonly string[] {
    return [...this.#objects.keys()].sort();
  }

  async head(object: ObjectAddress): Promise<ObjectInfo | undefined> {
    await this.before('head', object.key);
    return this.#newest(object)?.info;
  }

  async find(key: string): Promise<ObjectInfo | undefined> {
    return this.head({ key });
  }

  async hasUnder(prefix: string): Promise<boolean> {
    return this.keys.some((key) => key.startsWith(prefix));
  }

  async open(object: ObjectAddress, match?: { readonly etag?: string | undefined }): Promise<ObjectReader> {
    await this.before('open', object.key);
    const { info, bytes } = this.#get(object, match?.etag);
    return {
      info,
      read: async (position, length) => {
        await this.before('read', object.key);
        return new Uint8Array(bytes.subarray(position, position + length));
      },
      close: async () => undefined,
    };
  }

  async published(key: string, mark: string): Promise<ObjectInfo | undefined> {
    await this.before('head', key);
    const found = this.#newest({ key });
    return found?.mark === mark ? found.info : undefined;
  }

  async create(key: string, { metadata = {}, tags = [] }: CreateOptions = {}): Promise<ObjectWriter> {
    await this.before('create', key);
    const pieces: Uint8Array[] = [];
    this.uploads += 1;
    let isOver = false;
    const end = (): void => {
      if (!isOver) this.uploads -= 1;
      isOver = true;
    };
    return {
      write: (position, bytes) => {
        const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
        if (position !== size) throw new FilesError('unsupported', 'Only onwards');
        pieces.push(Buffer.from(bytes));
        return undefined;
      },
      publish: async (options = {}) => {
        await this.before('publish', key);
        const info = this.#publish(key, Buffer.concat(pieces), { ...options, metadata, tags });
        end();
        await this.after('publish', key);
        return info;
      },
      abort: async () => end(),
    };
  }

  async copy(from: CopySource, key: string, options: PublishOptions = {}): Promise<ObjectInfo> {
    await this.before('copy', key);
    options.signal?.throwIfAborted();
    const source = (from.bucket as MemoryBucket).#get(from, from.etag);
    const { metadata } = source.info;
    const info = this.#publish(key, source.bytes, { ...options, metadata, tags: source.tags });
    await this.after('copy', key);
    return info;
  }

  async remove(object: ObjectAddress, match?: { readonly etag?: string | undefined }): Promise<void> {
    await this.before('remove', object.key);
    const current = await this.find(object.key);
    if (match?.etag !== undefined && current !== undefined) this.#get(object, match.etag);
    const versions = this.#objects.get(object.key) ?? [];
    const kept =
      object.versionId === undefined
        ? []
        : versions.filter(({ info }) => info.versionId !== object.versionId);
    if (kept.length === 0) this.#objects.delete(object.key);
    else this.#objects.set(object.key, kept);
  }

  async list({ prefix, after = '', limit }: ListQuery): Promise<ListPage> {
    const keys = this.keys.filter((key) => key.startsWith(prefix) && key > after).slice(0, limit);
    return { objects: keys.map((key) => this.#get({ key }).info), prefixes: [] };
  }

  async getTags(object: ObjectAddress): Promise<readonly Tag[]> {
    return this.#get(object).tags;
  }

  async putTags(object: ObjectAddress, tags: readonly Tag[]): Promise<void> {
    await this.before('tags', object.key);
    if (tags.length > 10) throw new FilesError('invalid', 'At most 10 tags');
    this.#get(object).tags = tags;
  }

  #newest({ key, versionId }: ObjectAddress): Stored | undefined {
    const versions = this.#objects.get(key);
    return versionId === undefined
      ? versions?.at(-1)
      : versions?.find(({ info }) => info.versionId === versionId);
  }

  #get(object: ObjectAddress, etag?: string): Stored {
    const found = this.#newest(object);
    if (found === undefined) throw new FilesError('not-found', `There is no ${object.key}`);
    if (etag !== undefined && found.info.etag !== etag) throw new FilesError('changed', 'Another content');
    return found;
  }

  #publish(
    key: string,
    bytes: Buffer,
    {
      ifAbsent = false,
      mark,
      signal,
      ...content
    }: PublishOptions & Pick<ObjectInfo, 'metadata'> & Pick<Stored, 'tags'>,
  ): ObjectInfo {
    signal?.throwIfAborted();
    const there = this.#newest({ key });
    if (ifAbsent && there !== undefined) {
      if (mark !== undefined && there.mark === mark) return there.info;
      throw new FilesError('exists', `There is a ${key} already`);
    }
    return this.#store(key, bytes, content, mark).info;
  }

  #store(
    key: string,
    bytes: Buffer,
    { metadata, tags }: Pick<ObjectInfo, 'metadata'> & Pick<Stored, 'tags'>,
    mark?: string,
  ): Stored {
    const etag = createHash('md5').update(bytes).digest('hex');
    const versionId = this.isVersioned ? `v${++this.#lastVersion}` : undefined;
    const version = versionId === undefined ? {} : { versionId };
    const info = { key, size: bytes.length, modifiedAt: 0, etag, metadata, ...version };
    const stored = { info, bytes, mark, tags };
    this.#objects.set(key, [...(this.isVersioned ? (this.#objects.get(key) ?? []) : []), stored]);
    return stored;
  }
}

/** A hook that fails the first so many times. */
export function failing(times: number, reason: FilesReason): BucketHook {
  let left = times;
  return () => {
    if (left-- > 0) throw new FilesError(reason, 'a fault of the test');
  };
}
