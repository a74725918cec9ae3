import { damaged } from './openpgp-error.ts';

/**
 * A piece of a stream belongs to whoever asked for it, who may change it, until the next is asked for: then its memory is used again. What
 * the garbage collector has to find costs more than deciphering it.
 */
export type Bytes = Uint8Array<ArrayBufferLike>;

/** Takes a stream of pieces apart at other places than where it happens to be cut. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Bytes>;
  #piece: Bytes = new Uint8Array();

  constructor(pieces: AsyncIterable<Bytes>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Undefined at the end. */
  async byte(): Promise<number | undefined> {
    if (this.#piece.length === 0 && !(await this.#next())) return undefined;
    const byte = this.#piece[0];
    this.#piece = this.#piece.subarray(1);
    return byte;
  }

  async mustByte(): Promise<number> {
    const byte = await this.byte();
    if (byte === undefined) throw endsEarly();
    return byte;
  }

  /** Exactly that many bytes, copied; for few of them. */
  async bytes(count: number): Promise<Buffer> {
    const room = Buffer.allocUnsafe(count);
    if ((await this.fill(room)) < count) throw endsEarly();
    return room;
  }

  /** At least one byte and at most that many, without waiting for more; undefined at the end. */
  async some(most: number): Promise<Bytes | undefined> {
    if (this.#piece.length === 0 && !(await this.#next())) return undefined;
    const part = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(part.length);
    return part;
  }

  /** What is at hand, which `skip` then goes on by; undefined at the end. */
  async there(): Promise<Bytes | undefined> {
    return this.#piece.length > 0 || (await this.#next()) ? this.#piece : undefined;
  }

  skip(count: number): void {
    this.#piece = this.#piece.subarray(count);
  }

  /** Fills the room; how much of it, fewer bytes only at the end. */
  async fill(room: Uint8Array): Promise<number> {
    let count = 0;
    while (count < room.length) {
      const some = await this.some(room.length - count);
      if (some === undefined) break;
      room.set(some, count);
      count += some.length;
    }
    return count;
  }

  /** The same with bytes put back in front. */
  after(bytes: Bytes): this {
    this.#piece = Buffer.concat([bytes, this.#piece]);
    return this;
  }

  /** All that is left. */
  async *rest(): AsyncGenerator<Bytes> {
    for (;;) {
      const piece = await this.some(Number.POSITIVE_INFINITY);
      if (piece === undefined) return;
      yield piece;
    }
  }

  async #next(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const { done, value } = await this.#pieces.next();
      if (done === true) return false;
      this.#piece = value;
    }
    return true;
  }

  /** Lets go of what the pieces come from. */
  async end(): Promise<void> {
    await this.#pieces.return?.();
  }
}

const endsEarly = (): Error => damaged('the message ends too early');

/** Frees the memory of a piece that is large enough to have it for itself. */
export function discard({ buffer }: Bytes): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
