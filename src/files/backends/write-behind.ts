import { write as writeFile } from 'node:fs';
import { promisify } from 'node:util';
import { freeMemory } from '../../lib/free-memory.ts';
import { FilesError } from '../files-error.ts';
import { fsFailure } from './fs-failure.ts';

const writeAt = promisify(writeFile);

/** Most files fit into the first; what is larger is written in pieces of the second size. */
const FIRST_CHUNK = 65_536;
const CHUNK = 1 << 20;
/** To write so much at once costs less than to copy it. */
const WORTH_A_WRITE = 128 * 1024;
const NOTHING: Buffer = Buffer.alloc(0);

export interface WriteBehindOptions {
  /** Called when something has to be written. */
  readonly open: () => Promise<number>;
  /** Names the file in errors. */
  readonly shown: string;
  /** Sees everything that is written, just before. */
  readonly passed?: (bytes: Uint8Array, position: number) => void;
}

/** Collects small writes in a chunk while the one before it is on its way to the file. */
export class WriteBehind {
  readonly #options: WriteBehindOptions;
  #chunk = NOTHING;
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

  /** Undefined when there was room; else to be awaited before the next, and before the bytes are changed. */
  write(position: number, bytes: Uint8Array): Promise<void> | undefined {
    if (position === this.#start + this.#filled && bytes.length <= this.#chunk.length - this.#filled) {
      this.#chunk.set(bytes, this.#filled);
      this.#filled += bytes.length;
      return undefined;
    }
    return bytes.length === 0 ? undefined : this.#writeOn(position, bytes);
  }

  async #writeOn(position: number, bytes: Uint8Array): Promise<void> {
    this.#mustWork();
    if (position !== this.#start + this.#filled) {
      await this.#spill();
      this.#start = position;
    }
    if (bytes.length >= WORTH_A_WRITE) return this.#writeThrough(bytes);
    for (let at = 0; at < bytes.length; ) {
      if (this.#filled === this.#chunk.length) await this.#makeRoom();
      const piece = bytes.subarray(at, at + this.#chunk.length - this.#filled);
      this.#chunk.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
    }
  }

  async #writeThrough(bytes: Uint8Array): Promise<void> {
    await this.flush();
    this.#begin(bytes);
    await this.#arrived();
  }

  async #makeRoom(): Promise<void> {
    if (this.#filled > 0) await this.#spill();
    if (this.#chunk.length > 0) return;
    this.#chunk = Buffer.allocUnsafeSlow(this.#reached === 0 ? FIRST_CHUNK : CHUNK);
  }

  /** Begins to write the chunk, once what was begun before is written. */
  async #spill(): Promise<void> {
    await this.#arrived();
    if (this.#filled === 0) return;
    const chunk = this.#chunk;
    const content = chunk.subarray(0, this.#filled);
    this.#chunk = this.#spare ?? NOTHING;
    this.#spare = undefined;
    this.#filled = 0;
    this.#begin(content, chunk.length === CHUNK ? chunk : undefined);
  }

  /** Begins to write where the chunk begins; the chunk must be empty, and nothing on its way. `spare` can be filled again afterwards. */
  #begin(bytes: Uint8Array, spare?: Buffer): void {
    this.#mustWork();
    const { passed, shown } = this.#options;
    const position = this.#start;
    this.#start += bytes.length;
    this.#reached = Math.max(this.#reached, this.#start);
    passed?.(bytes, position);
    this.#inFlight = this.#writeAll(bytes, position).then(
      () => {
        this.#spare ??= spare;
      },
      (error: unknown) => {
        this.#failure = fsFailure(error, shown);
      },
    );
  }

  async #writeAll(bytes: Uint8Array, position: number): Promise<void> {
    const fd = await this.#options.open();
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await writeAt(fd, bytes, at, bytes.length - at, position + at);
      at += bytesWritten;
    }
  }

  async #arrived(): Promise<void> {
    await this.#inFlight;
    this.#mustWork();
  }

  #mustWork(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#spill();
    await this.#arrived();
  }

  /** Resolves when nothing is being written any more, whatever became of it. What comes after that fails, and so does what waits now. */
  async rest(): Promise<void> {
    this.#failure ??= new FilesError('invalid', `Nothing more is written: ${this.#options.shown}`);
    await this.#inFlight;
    const chunk = this.#chunk;
    this.#chunk = NOTHING;
    freeMemory(chunk);
  }
}
