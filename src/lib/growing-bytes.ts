/** Bytes that come in pieces. Each is copied a bounded number of times on average, however small the pieces are. */
export class GrowingBytes {
  #bytes: Buffer = EMPTY;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** A first piece is kept as it is, not copied. */
  add(piece: Buffer): void {
    const size = this.#size + piece.length;
    if (this.#size === 0) this.#bytes = piece;
    else {
      if (size > this.#bytes.length) this.#grow(size * 2);
      piece.copy(this.#bytes, this.#size);
    }
    this.#size = size;
  }

  /** All of them in one piece; none are left. */
  take(): Buffer {
    const bytes = this.#bytes.subarray(0, this.#size);
    this.#bytes = EMPTY;
    this.#size = 0;
    return bytes;
  }

  #grow(capacity: number): void {
    const larger = Buffer.allocUnsafe(capacity);
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
  }
}

const EMPTY = Buffer.alloc(0);
