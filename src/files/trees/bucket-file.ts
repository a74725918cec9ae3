import type { Bucket, ObjectInfo, ObjectReader, ObjectWriter } from '../bucket.ts';
import type { FileStat, OpenFile, StatChanges } from '../file-tree.ts';
import { FilesError, PublicError } from '../files-error.ts';
import { plainFileStat } from './stats.ts';
import type { Written } from './written-file.ts';

/** An object that is open to be read. */
export function readBucketFile(reader: ObjectReader): OpenFile {
  return {
    read: (position, length) => reader.read(position, length),
    write: () => {
      throw new FilesError('denied', 'The file is open for reading only');
    },
    stat: async () => plainFileStat(reader.info),
    setStat: async () => {
      throw new PublicError('unsupported', 'The file is open for reading only');
    },
    close: () => reader.close(),
  };
}

/** Takes a file's writes; `size` is how far they reach. */
export interface Content {
  readonly size: number;
  write(position: number, bytes: Uint8Array): Promise<void> | undefined;
  /** Throws unsupported when something is missing in between, unless only what is complete shall be kept. */
  end(how: 'closed' | 'broken'): Promise<void>;
}

export interface WritingOptions {
  readonly bucket: Bucket;
  readonly key: string;
  readonly writer: ObjectWriter;
  readonly content: Content;
  readonly isExclusive: boolean;
  /** There is an object that the client has not truncated: closed without a write it stays as it is. */
  readonly keepsUnwritten: boolean;
  readonly written: Written | undefined;
  readonly openedAt: number;
}

/** An object that is being written; it shows when it is closed. */
export class WrittenBucketFile implements OpenFile {
  readonly #options: WritingOptions;
  #isWritten = false;
  #modifiedAt: number | undefined;

  constructor(options: WritingOptions) {
    this.#options = options;
  }

  async read(): Promise<Uint8Array> {
    throw new FilesError('denied', 'The file is open for writing only');
  }

  write(position: number, bytes: Uint8Array): Promise<void> | undefined {
    this.#isWritten = true;
    return this.#options.content.write(position, bytes);
  }

  async stat(): Promise<FileStat> {
    const { content, openedAt } = this.#options;
    return plainFileStat({ size: content.size, modifiedAt: this.#modifiedAt ?? openedAt });
  }

  /** Objects have no owners and permissions: those are let pass where the backend is a directory. */
  async setStat({ size, modifiedAt, uid, gid }: StatChanges): Promise<void> {
    const { bucket, content } = this.#options;
    const isResize = size !== undefined && size !== content.size;
    if (bucket.touch === undefined || isResize || uid !== undefined || gid !== undefined) {
      throw new PublicError('unsupported', 'Attributes of objects cannot be set');
    }
    this.#modifiedAt = modifiedAt ?? this.#modifiedAt;
  }

  async close(how: 'closed' | 'broken'): Promise<void> {
    const { bucket, key, writer } = this.#options;
    if (this.#leavesAsItIs(how)) return writer.abort();
    if (this.#modifiedAt !== undefined) {
      const info = await this.#publish(how);
      await bucket.touch?.(key, this.#modifiedAt);
      return this.#handOn(how, info);
    }
    let handedOn: Promise<void> | undefined;
    const info = await this.#publish(how, (object) => {
      handedOn = this.#handOn(how, object);
      handedOn.catch(() => undefined);
    });
    await (handedOn ?? this.#handOn(how, info));
  }

  /** Of an upload that was to go on from the end of what is there, nothing may have arrived that could replace it. */
  #leavesAsItIs(how: 'closed' | 'broken'): boolean {
    const { keepsUnwritten, content } = this.#options;
    return keepsUnwritten && (!this.#isWritten || (how === 'broken' && content.size === 0));
  }

  async #handOn(how: 'closed' | 'broken', { etag, versionId }: ObjectInfo): Promise<void> {
    const { bucket, key, content, written } = this.#options;
    const location = { kind: 'bucket', bucket: bucket.name, key, versionId, etag } as const;
    await written?.({ how, size: content.size, location });
  }

  async #publish(how: 'closed' | 'broken', shown?: (object: ObjectInfo) => void): Promise<ObjectInfo> {
    const { writer, content, isExclusive } = this.#options;
    try {
      await content.end(how);
    } catch (error) {
      await writer.abort();
      throw error;
    }
    return writer.publish({ ifAbsent: isExclusive, ...(shown !== undefined && { shown }) });
  }
}
