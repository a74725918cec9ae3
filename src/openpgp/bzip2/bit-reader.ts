import type { ByteReader } from '../byte-reader.ts';
import { damaged } from '../openpgp-error.ts';

/** Bits, the highest of each byte first. They are read without waiting from what `fill` has brought. */
export class BitReader {
  readonly #reader: ByteReader;
  readonly #room: Buffer;
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  #bits = 0;
  #count = 0;

  constructor(reader: ByteReader, bytesAhead: number) {
    this.#reader = reader;
    this.#room = Buffer.allocUnsafeSlow(bytesAhead);
  }

  /** Brings as many bytes as there is room for, or all that there are. */
  async fill(): Promise<void> {
    const left = this.#bytes.length - this.#at;
    // It has looked behind the end.
    if (left < 0) return;
    this.#room.copyWithin(0, this.#at, this.#bytes.length);
    const count = await this.#reader.fill(this.#room.subarray(left));
    this.#bytes = this.#room.subarray(0, left + count);
    this.#at = 0;
  }

  /** At most 24 bits. */
  bits(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  bit(): number {
    return this.bits(1);
  }

  /** At most 24 bits, without going on; zeros stand behind the end. */
  peek(count: number): number {
    while (this.#count <= 24) {
      this.#bits = ((this.#bits << 8) | (this.#bytes[this.#at] ?? 0)) >>> 0;
      this.#at += 1;
      this.#count += 8;
    }
    return (this.#bits >>> (this.#count - count)) & ((1 << count) - 1);
  }

  /** Goes on by bits that were looked at. */
  skip(count: number): void {
    this.#count -= count;
    if ((this.#at - this.#bytes.length) * 8 > this.#count)
      throw damaged('what is compressed in it ends too early');
  }
}
