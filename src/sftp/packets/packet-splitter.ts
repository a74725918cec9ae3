/** Thrown for bytes that cannot be the start of a packet; where the next one begins cannot be known after that. */
export class BrokenFraming extends Error {}

const LENGTH_BYTES = 4;

/** Cuts the bytes of a channel into packets, without their length. Whole packets are not copied, others once. */
export class PacketSplitter {
  readonly #limit: number;
  readonly #length = Buffer.alloc(LENGTH_BYTES);
  #lengthFilled = 0;
  /** Of which the front has been read. */
  #pieces: Buffer[] = [];
  /** The packet that began in an earlier piece, and how much of it is there. */
  #packet: Buffer | undefined;
  #filled = 0;

  /** `limit` is the longest packet that is taken. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: Buffer): void {
    this.#pieces.push(piece);
  }

  /** Undefined until more is added. */
  next(): Buffer | undefined {
    for (let piece = this.#pieces[0]; piece !== undefined; piece = this.#pieces[0]) {
      const packet = this.#read(piece);
      if (packet !== undefined) return packet;
    }
    return undefined;
  }

  /** Gives the packet that the piece completes, and leaves the rest of the piece for the next. */
  #read(piece: Buffer): Buffer | undefined {
    let at = 0;
    if (this.#lengthFilled < LENGTH_BYTES) {
      at = piece.copy(this.#length, this.#lengthFilled);
      this.#lengthFilled += at;
      if (this.#lengthFilled < LENGTH_BYTES) return this.#leave(piece, at);
    }
    const length = this.#checkedLength();
    if (this.#packet === undefined && piece.length - at >= length) {
      this.#leave(piece, at + length);
      this.#lengthFilled = 0;
      return piece.subarray(at, at + length);
    }
    this.#packet ??= Buffer.allocUnsafeSlow(length);
    const packet = this.#packet;
    const copied = piece.copy(packet, this.#filled, at);
    this.#filled += copied;
    this.#leave(piece, at + copied);
    return this.#filled < length ? undefined : this.#complete(packet);
  }

  #complete(packet: Buffer): Buffer {
    this.#packet = undefined;
    this.#filled = 0;
    this.#lengthFilled = 0;
    return packet;
  }

  #checkedLength(): number {
    const length = this.#length.readUInt32BE();
    if (length === 0) throw new BrokenFraming('a packet of no bytes');
    if (length > this.#limit) throw new BrokenFraming(`a packet of ${length} bytes; at most ${this.#limit}`);
    return length;
  }

  #leave(piece: Buffer, from: number): undefined {
    if (from < piece.length) this.#pieces[0] = piece.subarray(from);
    else this.#pieces.shift();
  }
}
