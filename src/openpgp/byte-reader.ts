import { damaged } from './openpgp-error.ts';

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

  /** Exactly that many bytes; for few of them. */
  async bytes(count: number): Promise<Buffer> {
    const parts: Bytes[] = [];
    let missing = count;
    while (missing > 0) {
      const part = await this.some(missing);
      if (part === undefined) throw endsEarly();
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** At least one byte and at most that many, without waiting for more; undefined at the end. */
  async some(most: number): Promise<Bytes | undefined> {
    if (this.#piece.length === 0 && !(await this.#next())) return undefined;
    const part = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(part.length);
    return part;
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

/** The same in pieces of about that many bytes or more, where they are smaller: each costs the same on its way. */
export async function* gather(pieces: AsyncIterable<Bytes>, least: number): AsyncGenerator<Bytes> {
  let gathered: Bytes[] = [];
  let count = 0;
  for await (const piece of pieces) {
    gathered.push(piece);
    count += piece.length;
    if (count < least) continue;
    yield joined(gathered);
    gathered = [];
    count = 0;
  }
  if (count > 0) yield joined(gathered);
}

const joined = (pieces: readonly Bytes[]): Bytes =>
  pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
