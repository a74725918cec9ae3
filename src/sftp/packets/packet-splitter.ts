import { freeMemory } from '../../lib/free-memory.ts';

/** Thrown for bytes that cannot be the start of a packet; where the next one begins cannot be known after that. */
export class BrokenFraming extends Error {}

const LENGTH_BYTES = 4;

/** Cuts the bytes of a channel into packets, without their length. Whole packets are not copied, others once. */
export class PacketSplitter {
  readonly #longestBytes: number;
  readonly #length = Buffer.alloc(LENGTH_BYTES);
  #lengthFilled = 0;
  readonly #pieces: Buffer[] = [];
  /** How much of the first piece has been read, and whether a packet that was given lies in it. */
  #at = 0;
  #isLent = false;
  /** The packet that began in an earlier piece, and how much of it is there. */
  #packet: Buffer | undefined;
  #filled = 0;

  constructor(longestBytes: number) {
    this.#longestBytes = longestBytes;
  }

  /** The piece stays as it is until its packets are done. Nobody else may use its memory: it is freed then. */
  add(piece: Buffer): void {
    if (piece.length > 0) this.#pieces.push(piece);
  }

  /** Undefined until more is added. */
  next(): Buffer | undefined {
    for (let piece = this.#pieces[0]; piece !== undefined; piece = this.#pieces[0]) {
      if (this.#lengthFilled < LENGTH_BYTES) this.#readLength(piece);
      else {
        const packet = this.#readPacket(piece);
        if (packet !== undefined) return packet;
      }
    }
    return undefined;
  }

  /** A packet that was given is read no more. */
  done(packet: Buffer): void {
    const isCopied = packet.length === packet.buffer.byteLength;
    if (isCopied) freeMemory(packet);
  }

  #readLength(piece: Buffer): void {
    const copied = piece.copy(this.#length, this.#lengthFilled, this.#at);
    this.#lengthFilled += copied;
    if (this.#lengthFilled === LENGTH_BYTES) this.#check(this.#length.readUInt32BE());
    this.#pass(piece, copied);
  }

  /** Gives the packet that the piece completes, and leaves the rest of the piece for the next. */
  #readPacket(piece: Buffer): Buffer | undefined {
    const length = this.#length.readUInt32BE();
    if (this.#packet === undefined && piece.length - this.#at >= length) return this.#lend(piece, length);
    this.#packet ??= Buffer.allocUnsafeSlow(length);
    const packet = this.#packet;
    const copied = piece.copy(packet, this.#filled, this.#at);
    this.#filled += copied;
    this.#pass(piece, copied);
    if (this.#filled < length) return undefined;
    this.#packet = undefined;
    this.#filled = 0;
    this.#lengthFilled = 0;
    return packet;
  }

  #lend(piece: Buffer, length: number): Buffer {
    const packet = piece.subarray(this.#at, this.#at + length);
    this.#isLent = true;
    this.#lengthFilled = 0;
    this.#pass(piece, length);
    return packet;
  }

  #check(length: number): void {
    if (length === 0) throw new BrokenFraming('a packet of no bytes');
    if (length > this.#longestBytes)
      throw new BrokenFraming(`a packet of ${length} bytes; at most ${this.#longestBytes}`);
  }

  #pass(piece: Buffer, length: number): void {
    this.#at += length;
    if (this.#at < piece.length) return;
    this.#pieces.shift();
    if (!this.#isLent) freeMemory(piece);
    this.#at = 0;
    this.#isLent = false;
  }
}
