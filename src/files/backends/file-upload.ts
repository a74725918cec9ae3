import { createHash, type Hash, hash as hashAtOnce } from 'node:crypto';
import { closeSync, constants, fsync, openSync, write as writeFile, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { FilesError } from '../files-error.ts';
import { hashFile } from './content-hash.ts';
import { codeOf, fsFailure } from './fs-failure.ts';
import { type OwnFolder, removeIfThere } from './own-folder.ts';

const flush = promisify(fsync);
const writeAt = promisify(writeFile);

/** Most objects fit into the first; what is larger is written in pieces of the second size. */
const FIRST_CHUNK = 65_536;
const CHUNK = 1 << 20;
const NEW_FILE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * A file that is being written where nobody sees it. Bytes collect in a chunk while the one before is written; small
 * content touches the disk only when it is finished.
 */
export class FileUpload {
  readonly #own: OwnFolder;
  readonly #shown: string;
  #name: string | undefined;
  #fd: number | undefined;
  #chunk: Buffer = Buffer.alloc(0);
  #spare: Buffer | undefined;
  /** Where in the file the chunk begins, and how much of it is filled. */
  #start = 0;
  #filled = 0;
  #written = 0;
  #inFlight: Promise<void> | undefined;
  #failure: FilesError | undefined;
  #hash: Hash | undefined;
  /** How far bytes were hashed in order; -1 once something was written out of order. */
  #hashed = 0;
  #adopted: string | undefined;
  #isEnded = false;

  /** `shown` names the file in errors. */
  constructor(own: OwnFolder, shown: string) {
    this.#own = own;
    this.#shown = shown;
  }

  get size(): number {
    return Math.max(this.#written, this.#filled > 0 ? this.#start + this.#filled : 0);
  }

  write(position: number, bytes: Uint8Array): Promise<void> | undefined {
    if (this.#isEnded) throw new FilesError('invalid', `The upload has ended: ${this.#shown}`);
    if (position === this.#start + this.#filled && bytes.length <= this.#chunk.length - this.#filled) {
      this.#chunk.set(bytes, this.#filled);
      this.#filled += bytes.length;
      return undefined;
    }
    return this.#writeOn(position, bytes);
  }

  async #writeOn(position: number, bytes: Uint8Array): Promise<void> {
    if (position !== this.#start + this.#filled) {
      await this.#spill();
      this.#start = position;
    }
    for (let at = 0; at < bytes.length; ) {
      if (this.#filled === this.#chunk.length) await this.#spill();
      const piece = bytes.subarray(at, at + this.#chunk.length - this.#filled);
      this.#chunk.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
    }
  }

  /** Begins to write the chunk once the one before it is written, and gives an empty one to fill. */
  async #spill(): Promise<void> {
    await this.#inFlight;
    if (this.#failure !== undefined) throw this.#failure;
    const { chunk, start, filled } = { chunk: this.#chunk, start: this.#start, filled: this.#filled };
    this.#start += filled;
    this.#filled = 0;
    this.#chunk = this.#spare ?? Buffer.allocUnsafeSlow(chunk.length === 0 ? FIRST_CHUNK : CHUNK);
    this.#spare = undefined;
    if (filled === 0) return;
    this.#written = Math.max(this.#written, start + filled);
    this.#inFlight = this.#writeChunk(chunk.subarray(0, filled), start).then(
      () => {
        if (chunk.length === CHUNK) this.#spare = chunk;
      },
      (error: unknown) => {
        this.#failure = fsFailure(error, this.#shown);
      },
    );
    this.#addToHash(chunk.subarray(0, filled), start);
  }

  async #writeChunk(chunk: Buffer, start: number): Promise<void> {
    const fd = this.#open();
    for (let at = 0; at < chunk.length; ) {
      const { bytesWritten } = await writeAt(fd, chunk, at, chunk.length - at, start + at);
      at += bytesWritten;
    }
  }

  #addToHash(bytes: Uint8Array, start: number): void {
    if (start !== this.#hashed) this.#hashed = -1;
    if (this.#hashed < 0) return;
    this.#hash ??= createHash('md5');
    this.#hash.update(bytes);
    this.#hashed += bytes.length;
  }

  #open(): number {
    while (this.#fd === undefined) {
      const name = this.#own.newName();
      try {
        this.#fd = openSync(this.#own.uploads.at(name), NEW_FILE, 0o666);
        this.#name = name;
      } catch (error) {
        // Left by an earlier process.
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }
    return this.#fd;
  }

  /** Lets the content, whose hash is known, be made in one go where the temporary file has to be. */
  async fill(etag: string, make: (path: string) => Promise<void>): Promise<void> {
    this.#name = this.#own.newName();
    const path = this.#own.uploads.at(this.#name);
    removeIfThere(path);
    await make(path);
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW);
    this.#adopted = etag;
  }

  /** Writes what is left and makes the content durable. The descriptor stays open until `end`. */
  async finish(signal?: AbortSignal): Promise<FinishedUpload> {
    this.#isEnded = true;
    try {
      const etag = this.#adopted ?? (await this.#writeAll(signal));
      const fd = this.#open();
      await flush(fd);
      return { fd, etag, path: this.#own.uploads.at(this.#name ?? '') };
    } catch (error) {
      signal?.throwIfAborted();
      throw fsFailure(error, this.#shown);
    }
  }

  #writeAll(signal?: AbortSignal): Promise<string> | string {
    const isSmall = this.#hashed === 0 && this.#written === 0 && this.#start === 0;
    return isSmall ? this.#writeSmall() : this.#writeRest(signal);
  }

  /** Microseconds: not worth a thread. */
  #writeSmall(): string {
    const content = this.#chunk.subarray(0, this.#filled);
    const fd = this.#open();
    for (let at = 0; at < content.length; ) at += writeSync(fd, content, at, content.length - at, at);
    return hashAtOnce('md5', content);
  }

  async #writeRest(signal?: AbortSignal): Promise<string> {
    await this.#spill();
    await this.#inFlight;
    if (this.#failure !== undefined) throw this.#failure;
    const isHashed = this.#hashed === this.#written && this.#hash !== undefined;
    return isHashed ? (this.#hash as Hash).digest('hex') : await hashFile(this.#open(), signal);
  }

  /** The file has been renamed: there is none to remove. */
  moved(): void {
    this.#name = undefined;
  }

  /** Ends it, whatever became of it, and leaves no temporary file. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#inFlight;
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    if (this.#name !== undefined) removeIfThere(this.#own.uploads.at(this.#name));
    this.#name = undefined;
  }
}

export interface FinishedUpload {
  readonly fd: number;
  /** MD5 in hexadecimal. */
  readonly etag: string;
  /** To be renamed or linked to where the file shall be. */
  readonly path: string;
}
