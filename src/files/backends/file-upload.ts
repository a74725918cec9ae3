import { closeSync, constants, fsync, open as openFile, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { codeOf } from '../../lib/error-code.ts';
import { entityTagOf, entityTagOfFile, WrittenTag } from '../entity-tag.ts';
import { FilesError } from '../files-error.ts';
import { fsFailure } from './fs-failure.ts';
import { checkGaps } from './gaps.ts';
import { type OwnFolder, removeIfThere } from './own-folder.ts';
import { WriteBehind } from './write-behind.ts';

const flush = promisify(fsync);
const open = promisify(openFile);
/** What is written before it begins to become durable; most files are shorter. */
const EARLY = 64 * 1024 * 1024;
const NEW_FILE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

export interface UploadOptions {
  /** Names the file in errors. */
  readonly shown: string;
  /** Whether somebody wants its entity tag. */
  readonly isTagged: boolean;
}

/** A file that is being written where nobody sees it. Small content is written only when it is finished. */
export class FileUpload {
  readonly #own: OwnFolder;
  readonly #shown: string;
  readonly #content: WriteBehind;
  #name: string | undefined;
  #fd: number | undefined;
  #opening: Promise<number> | undefined;
  #flushing: Promise<void> | undefined;
  /** Fails for good with the first flush that fails: the system tells of it only once. */
  #early: Promise<void> = Promise.resolve();
  #isFlushingEarly = false;
  #unflushed = 0;
  #written = 0;
  /** The entity tag so far; undefined where nobody wants it. */
  readonly #tag: WrittenTag | undefined;
  #filledWith: string | undefined;
  #isEnded = false;

  constructor(own: OwnFolder, { shown, isTagged }: UploadOptions) {
    this.#tag = isTagged ? new WrittenTag() : undefined;
    this.#own = own;
    this.#shown = shown;
    this.#content = new WriteBehind({
      open: () => this.#open(),
      shown,
      passed: (bytes, position) => {
        this.#flushEarly(bytes.length);
        this.#tag?.add(bytes, position);
      },
    });
  }

  get size(): number {
    return this.#content.end;
  }

  write(position: number, bytes: Uint8Array): Promise<void> | undefined {
    if (this.#isEnded) throw new FilesError('invalid', `The upload has ended: ${this.#shown}`);
    checkGaps(Math.max(position, this.size) - this.#written, this.#own.uploads.path, this.#shown);
    this.#written += bytes.length;
    return this.#content.write(position, bytes);
  }

  /** So that the end of a long upload does not wait for all of it to reach the disk. */
  #flushEarly(size: number): void {
    this.#unflushed += size;
    if (this.#unflushed < EARLY || this.#isFlushingEarly || this.#fd === undefined) return;
    this.#unflushed = 0;
    this.#isFlushingEarly = true;
    this.#early = flush(this.#fd).then(() => {
      this.#isFlushingEarly = false;
    });
    this.#early.catch(() => undefined);
  }

  /** Makes the file while there is nothing to write yet: to find a place for it can take longer than to write it. */
  begin(): void {
    this.#open().catch(() => undefined);
  }

  #open(): Promise<number> {
    this.#opening ??= this.#make();
    return this.#opening;
  }

  async #make(): Promise<number> {
    for (;;) {
      const name = this.#own.newName();
      try {
        this.#fd = await open(this.#own.uploads.at(name), NEW_FILE, 0o666);
        this.#name = name;
        return this.#fd;
      } catch (error) {
        // Left by an earlier process.
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }
  }

  /** Lets the content, whose tag is known, be made in one go where the temporary file has to be. */
  async fill(etag: string, make: (path: string) => Promise<void>): Promise<void> {
    this.#name = this.#own.newName();
    const path = this.#own.uploads.at(this.#name);
    removeIfThere(path);
    await make(path);
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW);
    this.#opening = Promise.resolve(this.#fd);
    this.#filledWith = etag;
  }

  /** Writes what is left and begins to make the content durable. The descriptor stays open until `end`. */
  async finish(signal?: AbortSignal): Promise<FinishedUpload> {
    this.#isEnded = true;
    try {
      const fd = await this.#open();
      const etag = this.#filledWith ?? (await this.#writeRest(fd, signal));
      if (this.#filledWith !== undefined) this.#beginFlush(fd);
      return { fd, etag, path: this.#own.uploads.at(this.#name ?? ''), durable: () => this.#durable(signal) };
    } catch (error) {
      signal?.throwIfAborted();
      throw fsFailure(error, this.#shown);
    }
  }

  async #durable(signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#flushing;
    } catch (error) {
      signal?.throwIfAborted();
      throw fsFailure(error, this.#shown);
    }
  }

  async #writeRest(fd: number, signal: AbortSignal | undefined): Promise<string> {
    const { whole } = this.#content;
    if (whole !== undefined) return this.#writeSmall(fd, whole);
    await this.#content.flush();
    this.#beginFlush(fd);
    if (this.#tag === undefined) return '';
    return this.#tag.digest(this.#content.end) ?? entityTagOfFile(fd, signal);
  }

  /** Microseconds: not worth a thread. */
  #writeSmall(fd: number, content: Uint8Array): string {
    for (let at = 0; at < content.length; ) at += writeSync(fd, content, at, content.length - at, at);
    this.#beginFlush(fd);
    return this.#tag === undefined ? '' : entityTagOf(content);
  }

  #beginFlush(fd: number): void {
    this.#flushing = this.#early.then(() => flush(fd));
    // Whoever waits for it learns of a failure.
    this.#flushing.catch(() => undefined);
  }

  /** The file has been renamed: there is none to remove. */
  moved(): void {
    this.#name = undefined;
  }

  /** Ends it, whatever became of it, and leaves no temporary file. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#content.rest();
    await this.#opening?.catch(() => undefined);
    await (this.#flushing ?? this.#early).catch(() => undefined);
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    if (this.#name !== undefined) removeIfThere(this.#own.uploads.at(this.#name));
    this.#name = undefined;
  }
}

export interface FinishedUpload {
  readonly fd: number;
  /** Empty where nobody wants it. */
  readonly etag: string;
  /** To be renamed or linked to where the file shall be, once it is durable. */
  readonly path: string;
  readonly durable: () => Promise<void>;
}
