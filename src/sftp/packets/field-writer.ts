import type { REPLY } from './names.ts';

const LENGTH_BYTES = 4;
const TWO_TO_32 = 2 ** 32;

/** Writes one packet field by field into memory that grows with it. */
export class FieldWriter {
  #bytes: Buffer;
  #at = LENGTH_BYTES;

  constructor(type: number, expectedBytes = 64) {
    this.#bytes = Buffer.allocUnsafe(expectedBytes + LENGTH_BYTES);
    this.byte(type);
  }

  /** Bytes so far, the length in front of them included. */
  get size(): number {
    return this.#at;
  }

  byte(value: number): this {
    this.#at = this.#room(1).writeUInt8(value, this.#at);
    return this;
  }

  uint32(value: number): this {
    this.#at = this.#room(4).writeUInt32BE(value, this.#at);
    return this;
  }

  uint64(value: number): this {
    return this.uint32(Math.floor(value / TWO_TO_32)).uint32(value % TWO_TO_32);
  }

  string(value: Uint8Array): this {
    this.uint32(value.length);
    this.#room(value.length).set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  text(value: string): this {
    const length = Buffer.byteLength(value);
    this.uint32(length);
    this.#at += this.#room(length).write(value, this.#at);
    return this;
  }

  /** Overwrites a field that was written before. */
  setUint32(at: number, value: number): void {
    this.#bytes.writeUInt32BE(value, at);
  }

  /** The packet with its length; nothing may be written any more. */
  packet(following = 0): Buffer {
    this.setUint32(0, this.#at - LENGTH_BYTES + following);
    return this.#bytes.subarray(0, this.#at);
  }

  #room(length: number): Buffer {
    const needed = this.#at + length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(needed * 2);
      this.#bytes.copy(larger, 0, 0, this.#at);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

/** A packet that answers the request of that id. */
export const replyTo = (
  id: number,
  type: (typeof REPLY)[keyof typeof REPLY],
  expectedBytes?: number,
): FieldWriter => new FieldWriter(type, expectedBytes).uint32(id);
