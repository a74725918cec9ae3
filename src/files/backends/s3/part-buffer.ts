const FIRST_CHUNK = 65_536;
const CHUNK = 1 << 20;

/** Collects the bytes of one part; memory grows with what is in it. */
export class PartBuffer {
  #chunks: Buffer[] = [];
  /** How much of the last chunk is filled. */
  #filled = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const last = this.#room();
      const piece = bytes.subarray(at, at + last.length - this.#filled);
      last.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
    }
    this.#size += bytes.length;
  }

  #room(): Buffer {
    const last = this.#chunks.at(-1);
    if (last !== undefined && this.#filled < last.length) return last;
    const chunk = Buffer.allocUnsafeSlow(last === undefined ? FIRST_CHUNK : CHUNK);
    this.#chunks.push(chunk);
    this.#filled = 0;
    return chunk;
  }

  /** All of it in one piece; none is left. */
  take(): Buffer {
    const [only] = this.#chunks;
    const bytes =
      this.#chunks.length === 1 && only !== undefined
        ? only.subarray(0, this.#size)
        : Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [];
    this.#filled = 0;
    this.#size = 0;
    return bytes;
  }
}
