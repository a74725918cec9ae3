import { closeSync } from 'node:fs';
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
import { checkTags, lowerCaseNames } from '../../metadata.ts';
import { FileUpload } from '../file-upload.ts';
import { BucketFiles, type FoundFile, type OpenedFile } from './bucket-files.ts';
import { copyObject } from './copy-object.ts';
import { listObjects } from './list-objects.ts';
import { moveObject, touchObject } from './move-object.ts';
import { objectInfo, openedInfo } from './object-info.ts';
import { objectPath } from './object-path.ts';
import { readMarker, readObject } from './object-reader.ts';
import { pathFor, publishedObject, publishObject } from './publish-object.ts';
import { removeObject } from './remove-object.ts';
import { locate } from './versions.ts';

export interface DirectoryBucketOptions {
  readonly name: string;
  readonly region: string;
  readonly directory: string;
  /** Makes ids of versions; without it none are kept. */
  readonly newVersionId?: (() => string) | undefined;
}

/**
 * A directory whose files are objects, also for other programs. A key is a path; a directory is an object, with a key
 * that ends in `/`, where somebody made it so or left it empty. Links and special files are no objects.
 */
export class DirectoryBucket implements Bucket {
  readonly name: string;
  readonly region: string;
  readonly isVersioned: boolean;
  readonly writesAnywhere = true;
  readonly move: Bucket['move'];
  readonly touch: Bucket['touch'];
  readonly #options: DirectoryBucketOptions;
  #files: BucketFiles | undefined;

  constructor(options: DirectoryBucketOptions) {
    const { name, region } = options;
    this.#options = options;
    this.name = name;
    this.region = region;
    this.isVersioned = options.newVersionId !== undefined;
    // A rename would take the kept versions along or lose them.
    if (!this.isVersioned) this.move = async (from, to, how) => moveObject(this.files, { from, to, ...how });
    this.touch = async (key, modifiedAt) => touchObject(this.files, key, modifiedAt);
  }

  /** Opened when they are first needed: a directory that is not there must not concern who does not use it. */
  get files(): BucketFiles {
    this.#files ??= new BucketFiles(this.#options);
    return this.#files;
  }

  async head({ key, versionId }: ObjectAddress): Promise<ObjectInfo | undefined> {
    const path = locate(this.files, { key, versionId });
    const found = path === undefined ? undefined : this.files.find(path);
    if (path === undefined || found === undefined) return undefined;
    const known = found.note?.etag;
    if (known !== undefined) return objectInfo(this.files, key, { ...found, etag: known });
    return this.#tagged(key, this.files.open(path));
  }

  async #tagged(key: string, file: OpenedFile | undefined): Promise<ObjectInfo | undefined> {
    if (file === undefined) return undefined;
    try {
      return objectInfo(this.files, key, { ...file, etag: await this.files.etagOf(file) });
    } finally {
      closeSync(file.fd);
    }
  }

  async find(key: string): Promise<ListedObject | undefined> {
    const path = objectPath(key);
    const found = path && this.files.find(path);
    return found && openedInfo(this.files, key, found);
  }

  async hasUnder(prefix: string): Promise<boolean> {
    const path = objectPath(prefix);
    return path?.isMarker === true && this.files.hasDirectory(path);
  }

  async open(object: ObjectAddress, match?: { readonly etag?: string | undefined }): Promise<ObjectReader> {
    if (object.key.endsWith('/')) return readMarker(openedInfo(this.files, object.key, this.#found(object)));
    const file = this.#open(object);
    try {
      if (match?.etag !== undefined) await this.files.checkEtag(file, match.etag);
      const info = openedInfo(this.files, object.key, file);
      return readObject(this.files, file, { ...info, etag: match?.etag ?? info.etag });
    } catch (error) {
      closeSync(file.fd);
      throw error;
    }
  }

  #open({ key, versionId }: ObjectAddress): OpenedFile {
    const path = locate(this.files, { key, versionId });
    const file = path === undefined ? undefined : this.files.open(path);
    if (file === undefined) throw new FilesError('not-found', `There is no such object: ${key}`);
    return file;
  }

  async create(key: string, { metadata = {}, tags }: CreateOptions = {}): Promise<ObjectWriter> {
    if (tags !== undefined) checkTags(tags);
    const { isMarker } = pathFor(key);
    const upload = new FileUpload(this.files.own, { shown: key, isTagged: true });
    if (!isMarker) upload.begin();
    const about = { metadata: lowerCaseNames(metadata), tags };
    return {
      write: (position, bytes) => upload.write(position, bytes),
      publish: (options) => publishObject(this.files, { key, upload, about, options }),
      abort: () => upload.end(),
    };
  }

  async copy(from: CopySource, key: string, options?: PublishOptions): Promise<ObjectInfo> {
    pathFor(key);
    const { bucket, etag } = from;
    if (!(bucket instanceof DirectoryBucket) || from.key.endsWith('/')) {
      return copyAcross(from, { bucket: this, key, options });
    }
    return copyObject(this.files, { key, options, etag, from: bucket.#open(from), source: bucket.files });
  }

  async published(key: string, mark: string): Promise<ObjectInfo | undefined> {
    return publishedObject(this.files, key, mark);
  }

  async remove(object: ObjectAddress, match?: { readonly etag?: string | undefined }): Promise<void> {
    // The content of a directory's own object is always the same: none.
    if (match?.etag === undefined || object.key.endsWith('/')) return removeObject(this.files, object);
    const path = locate(this.files, object);
    const file = path === undefined ? undefined : this.files.open(path);
    if (file === undefined) return;
    try {
      await this.files.checkEtag(file, match.etag);
      await removeObject(this.files, object, file.identity);
    } finally {
      closeSync(file.fd);
    }
  }

  async list(query: ListQuery): Promise<ListPage> {
    return listObjects(this.files, query);
  }

  async getTags(object: ObjectAddress): Promise<readonly Tag[]> {
    return this.#found(object).note?.tags ?? [];
  }

  async putTags(object: ObjectAddress, tags: readonly Tag[]): Promise<void> {
    checkTags(tags);
    const { identity, note } = this.#found(object);
    this.files.own.notes.put(identity, { ...note, kind: note?.kind ?? 'object', tags });
    await this.files.own.notes.durable();
  }

  #found({ key, versionId }: ObjectAddress): FoundFile {
    const path = locate(this.files, { key, versionId });
    const found = path === undefined ? undefined : this.files.find(path);
    if (found === undefined) throw new FilesError('not-found', `There is no such object: ${key}`);
    return found;
  }

  /** Removes what uploads of an earlier process left. */
  sweep(): void {
    this.files.own.sweep();
  }

  close(): void {
    this.#files?.close();
  }
}
