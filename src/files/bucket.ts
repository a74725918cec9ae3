/**
 * Objects by key, as S3 has them: whole, replaced at once, with an entity tag. Keys are 1 to 1024 bytes of UTF-8.
 * Every call throws `FilesError`; times are epoch milliseconds, sizes and positions bytes.
 */
export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly isVersioned: boolean;
  /** Whether an upload may write at any position (`ObjectWriter.write`); else only onwards. */
  readonly writesAnywhere: boolean;
  /** Undefined when there is no such object, or no such version. */
  head(object: ObjectAddress): Promise<ObjectInfo | undefined>;
  /** As `head` of the current object, without what might take reading its content. */
  find(key: string): Promise<ListedObject | undefined>;
  /** Whether any key begins with this prefix, which ends with `/`. */
  hasUnder(prefix: string): Promise<boolean>;
  /** Opens an object for reads at any position; what is read is one content, also when the key is written meanwhile. Throws not-found, changed. */
  open(object: ObjectAddress, match?: { readonly etag?: string | undefined }): Promise<ObjectReader>;
  /** Begins an upload. Nothing can be seen of it before `publish`. */
  create(key: string, options?: CreateOptions): Promise<ObjectWriter>;
  /** Copies within the backend where it can, content, metadata and tags. Throws not-found, changed, exists. */
  copy(from: CopySource, key: string, options?: PublishOptions): Promise<ObjectInfo>;
  /** The object that a key has now, if it was published with this mark; undefined for any other, or none. */
  published(key: string, mark: string): Promise<ObjectInfo | undefined>;
  /** Without `versionId` a versioned bucket only hides the object. It is no error when there is none. Throws changed for another entity tag. */
  remove(object: ObjectAddress, match?: { readonly etag?: string | undefined }): Promise<void>;
  /** In ascending order of keys as UTF-8. */
  list(query: ListQuery): Promise<ListPage>;
  getTags(object: ObjectAddress): Promise<readonly Tag[]>;
  /** Replaces all tags. Throws invalid for more than 10, not-found. */
  putTags(object: ObjectAddress, tags: readonly Tag[]): Promise<void>;
  /**
   * Renames an object or, where both end with `/`, all beneath, at once. Absent where only copies can do it.
   * Throws not-found, exists.
   */
  readonly move?:
    | ((from: string, to: string, options: { readonly replace: boolean }) => Promise<void>)
    | undefined;
  /** Sets when an object was modified. Absent where the backend alone says that. Throws not-found. */
  readonly touch?: ((key: string, modifiedAt: number) => Promise<void>) | undefined;
}

export interface ObjectAddress {
  readonly key: string;
  readonly versionId?: string | undefined;
}

export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: number;
  /** Without quotes; absent where the content would have to be read for it. */
  readonly etag?: string | undefined;
}

/** What is known of an object that is open; for its entity tag ask `head`, if it is absent here. */
export interface OpenedObject extends ListedObject {
  /** Absent where the bucket is not versioned. */
  readonly versionId?: string | undefined;
  /** User metadata; names are lower-case. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ObjectInfo extends OpenedObject {
  /** Without quotes; for directories the MD5 of the content in hexadecimal. */
  readonly etag: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface CreateOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  /** What the object has from the moment it shows. Throws invalid as `putTags`. */
  readonly tags?: readonly Tag[];
  /** The mark that `publish` will be given, where it is known: some backends write it first. */
  readonly mark?: string;
}

export interface PublishOptions {
  /** Throws exists, and leaves what is there, when the key is taken; decided by the same act that writes. */
  readonly ifAbsent?: boolean;
  /**
   * Who publishes. One who finds the key taken by its own earlier publication (the same mark) has succeeded: so a step
   * that is repeated after a crash does not meet itself.
   */
  readonly mark?: string;
  readonly signal?: AbortSignal;
  /**
   * Called once the object shows, by backends that have to make it durable after that: what else must be durable can become so
   * at the same time. Must not throw.
   */
  readonly shown?: (object: ObjectInfo) => void;
}

export interface CopySource extends ObjectAddress {
  readonly bucket: Bucket;
  readonly etag?: string | undefined;
}

export interface ObjectReader {
  readonly info: OpenedObject;
  /**
   * At most `length` bytes from `position`; fewer only at the end, none after it. Where they can be put into `room`, of at least
   * `length` bytes, they are: nothing that has to be collected is made then.
   */
  read(position: number, length: number, room?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface ObjectWriter {
  /** Undefined when the bytes were taken at once; else to be awaited before the next. The caller may use their memory again then. */
  write(position: number, bytes: Uint8Array): Promise<void> | undefined;
  /**
   * Ends the upload: the object is there whole and durable when this resolves. Of what it gives, `modifiedAt` is our own
   * clock's where the backend does not say it. With a mark and more than a few bytes, give the mark to `create` too.
   */
  publish(options?: PublishOptions): Promise<ObjectInfo>;
  /** Ends the upload and leaves nothing of it behind. */
  abort(): Promise<void>;
}

export interface ListQuery {
  readonly prefix: string;
  /** `/` puts together what lies deeper. */
  readonly delimiter?: '/';
  /** Only what comes after this key or prefix. */
  readonly after?: string;
  /** At most so many objects and prefixes together; 1 to 1000. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

export interface ListPage {
  readonly objects: readonly ListedObject[];
  /** Each ends with the delimiter. */
  readonly prefixes: readonly string[];
  /** To be given as `after`; absent on the last page. */
  readonly next?: string;
}
