import type { ObjectWriter } from '../bucket.ts';
import { PublicError } from '../files-error.ts';
import type { Content } from './bucket-file.ts';
import { REORDERED_BYTES } from './inferred.ts';

/** Passes writes on, at whatever position; with `appends` always at the end. */
export function anywhere(writer: ObjectWriter, from: number, appends: boolean): Content {
  let size = from;
  return {
    get size() {
      return size;
    },
    write: (position, bytes) => {
      const at = appends ? size : position;
      size = Math.max(size, at + bytes.length);
      return writer.write(at, bytes);
    },
    end: async () => undefined,
  };
}

const refused = (): PublicError =>
  new PublicError('unsupported', 'AWS Transfer does not support random access writes to S3 objects');

/** Passes writes on in order; those that come somewhat early wait for the ones before them. */
export class Contiguous implements Content {
  readonly #writer: ObjectWriter;
  readonly #early = new Map<number, Uint8Array>();
  #waiting = 0;
  #end = 0;

  constructor(writer: ObjectWriter) {
    this.#writer = writer;
  }

  get size(): number {
    return this.#end;
  }

  write(position: number, bytes: Uint8Array): Promise<void> | undefined {
    if (bytes.length === 0) return undefined;
    if (position === this.#end && this.#early.size === 0) return this.#pass(bytes);
    if (position === this.#end) return this.#passWithFollowing(bytes);
    this.#waiting += bytes.length;
    if (position < this.#end || this.#early.has(position) || this.#waiting > REORDERED_BYTES) throw refused();
    this.#early.set(position, Uint8Array.from(bytes));
    return undefined;
  }

  #pass(bytes: Uint8Array): Promise<void> | undefined {
    const position = this.#end;
    this.#end += bytes.length;
    return this.#writer.write(position, bytes);
  }

  async #passWithFollowing(bytes: Uint8Array): Promise<void> {
    for (let next: Uint8Array | undefined = bytes; next !== undefined; next = this.#take()) {
      await this.#pass(next);
    }
  }

  #take(): Uint8Array | undefined {
    const next = this.#early.get(this.#end);
    if (next === undefined) return undefined;
    this.#early.delete(this.#end);
    this.#waiting -= next.length;
    return next;
  }

  async end(how: 'closed' | 'broken'): Promise<void> {
    if (how === 'closed' && this.#early.size > 0) throw refused();
  }
}
