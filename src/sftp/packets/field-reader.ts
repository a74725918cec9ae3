import { isUtf8 } from 'node:buffer';

/** The packet does not hold what its type says; answered by BAD_MESSAGE. */
export class MalformedRequest extends Error {}

const UINT32 = 4;
const TWO_TO_32 = 2 ** 32;

/** Reads the fields of one packet in order. Every call throws `MalformedRequest` when the packet ends before the field. */
export class FieldReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#take(UINT32));
  }

  /** Beyond 2^53 only roughly right: to be asked with `Number.isSafeInteger`. */
  uint64(): number {
    return this.uint32() * TWO_TO_32 + this.uint32();
  }

  /** Shares the packet's memory. */
  string(): Buffer {
    const length = this.uint32();
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(): string {
    const bytes = this.string();
    if (!isUtf8(bytes)) throw new MalformedRequest('A text is not UTF-8');
    return bytes.toString('utf8');
  }

  #take(length: number): number {
    const start = this.#at;
    if (this.#bytes.length - start < length) throw new MalformedRequest('The packet is too short');
    this.#at = start + length;
    return start;
  }
}
