import type { ByteReader } from '../byte-reader.ts';
import { damaged } from '../openpgp-error.ts';

const BUFFERED_BYTES = 64 * 1024;

/** Bits, the highest of each byte first. They are read without waiting from what `fill` has brought. */
export class BitReader {
  readonly #reader: ByteReader;
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  #bits = 0;
  #count = 0;
  #hasEnded = false;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  /** Brings at least that many bytes, or all that there are. */
  async fill(count: number): Promise<void> {
    const parts = [this.#bytes.subarray(this.#at)];
    let there = this.#bytes.length - this.#at;
    while (!this.#hasEnded && there < count) {
      const some = await this.#reader.some(BUFFERED_BYTES);
      if (some === undefined) this.#hasEnded = true;
      else {
        parts.push(some);
        there += some.length;
      }
    }
    if (parts.length === 1) return;
    this.#bytes = Buffer.concat(parts);
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
