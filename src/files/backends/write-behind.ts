import { write as writeFile } from 'node:fs';
import { promisify } from 'node:util';
import type { FilesError } from '../files-error.ts';
import { fsFailure } from './fs-failure.ts';

const writeAt = promisify(writeFile);

/** Most files fit into the first; what is larger is written in pieces of the second size. */
const FIRST_CHUNK = 65_536;
const CHUNK = 1 << 20;

export interface WriteBehindOptions {
  /** Called when a chunk has to be written. */
  readonly open: () => Promise<number>;
  /** Names the file in errors. */
  readonly shown: string;
  /** Sees every chunk that is written; the chunk stays as it is until what this gives has resolved. */
  readonly passed?: (bytes: Uint8Array, position: number) => Promise<void> | undefined;
}

/** Collects what is written in a chunk while the one before it is on its way to the file. */
export class WriteBehind {
  readonly #options: WriteBehindOptions;
  #chunk: Buffer = Buffer.alloc(0);
  #spare: Buffer | undefined;
  /** Where in the file the chunk begins, and how much of it is filled. */
  #start = 0;
  #filled = 0;
  #reached = 0;
  #inFlight: Promise<void> | undefined;
  #failure: FilesError | undefined;

  constructor(options: WriteBehindOptions) {
    this.#options = options;
  }

  /** How far writes have reached. */
  get end(): number {
    return Math.max(this.#reached, this.#filled > 0 ? this.#start + this.#filled : 0);
  }

  /** Everything, when it is still in memory as one piece from the file's start on. */
  get whole(): Uint8Array | undefined {
    return this.#reached === 0 && this.#start === 0 ? this.#chunk.subarray(0, this.#filled) : undefined;
  }

  /** Undefined when there was room; else to be awaited before the next. */
  write(position: number, bytes: Uint8Array): Promise<void> | undefined {
    if (position === this.#start + this.#filled && bytes.length <= this.#chunk.length - this.#filled) {
      this.#chunk.set(bytes, this.#filled);
      this.#filled += bytes.length;
      return undefined;
    }
    return bytes.length === 0 ? undefined : this.#writeOn(position, bytes);
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
    const [chunk, start, filled] = [this.#chunk, this.#start, this.#filled];
    this.#start += filled;
    this.#filled = 0;
    this.#chunk = this.#spare ?? (chunk.length === 0 ? Buffer.allocUnsafeSlow(FIRST_CHUNK) : sharedChunk());
    this.#spare = undefined;
    if (filled === 0) return;
    this.#reached = Math.max(this.#reached, start + filled);
    const bytes = chunk.subarray(0, filled);
    const writing = this.#writeChunk(bytes, start);
    this.#inFlight = Promise.all([writing, this.#options.passed?.(bytes, start)]).then(
      () => {
        if (chunk.length === CHUNK) this.#spare = chunk;
      },
      (error: unknown) => {
        this.#failure = fsFailure(error, this.#options.shown);
      },
    );
  }

  async #writeChunk(bytes: Uint8Array, start: number): Promise<void> {
    const fd = await this.#options.open();
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await writeAt(fd, bytes, at, bytes.length - at, start + at);
      at += bytesWritten;
    }
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#spill();
    await this.#inFlight;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Resolves when nothing is being written any more, whatever became of it. */
  async rest(): Promise<void> {
    await this.#inFlight;
  }
}

/** A thread that is to see it needs no copy. */
const sharedChunk = (): Buffer => Buffer.from(new SharedArrayBuffer(CHUNK));
