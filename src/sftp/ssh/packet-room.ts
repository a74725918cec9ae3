const CHANNEL_DATA = 94;
/** Suits every cipher: RFC 4253, section 6, asks for a multiple of its block, and for at least four bytes of padding. */
const BLOCK = 16;
const LEAST_PADDING = 4;
const LENGTH_BYTES = 4;
/** The length of the packet and that of its padding; then the type, the channel and the length of the data. */
const BEFORE_DATA = LENGTH_BYTES + 1 + 1 + 4 + 4;
/** What nearly every client says it takes at most. */
const MOST_DATA = 32 * 1024;
const RANDOM_BYTES = 4096;

export interface DataPacket {
  /** As the client numbers it. */
  readonly channel: number;
  readonly data: Uint8Array;
  /** Whether the cipher covers the length in front too. */
  readonly isLengthEncrypted: boolean;
}

/** One memory, which stays in the cache, to put packets together in before they are encrypted: each replaces the one before it. */
export class PacketRoom {
  readonly #memory = Buffer.allocUnsafeSlow(BEFORE_DATA + MOST_DATA + 2 * BLOCK);
  readonly #drawRandom: (count: number) => Buffer;
  #random: Buffer = Buffer.alloc(0);
  #randomUsed = 0;

  constructor(drawRandom: (count: number) => Buffer) {
    this.#drawRandom = drawRandom;
  }

  /** Undefined when it does not fit. */
  fill({ channel, data, isLengthEncrypted }: DataPacket): Buffer | undefined {
    if (data.length > MOST_DATA) return undefined;
    const end = BEFORE_DATA + data.length;
    const left = BLOCK - ((isLengthEncrypted ? end : end - LENGTH_BYTES) % BLOCK);
    const padding = left < LEAST_PADDING ? left + BLOCK : left;
    const memory = this.#memory;
    memory.writeUInt32BE(end + padding - LENGTH_BYTES, 0);
    memory[4] = padding;
    memory[5] = CHANNEL_DATA;
    memory.writeUInt32BE(channel, 6);
    memory.writeUInt32BE(data.length, 10);
    memory.set(data, BEFORE_DATA);
    this.#pad(end, padding);
    return memory.subarray(0, end + padding);
  }

  holds(bytes: Uint8Array): boolean {
    return bytes.buffer === this.#memory.buffer;
  }

  /** Each random byte is used once; to ask for so few costs as much as to ask for thousands. */
  #pad(from: number, length: number): void {
    if (this.#randomUsed + length > this.#random.length) {
      this.#random = this.#drawRandom(RANDOM_BYTES);
      this.#randomUsed = 0;
    }
    this.#random.copy(this.#memory, from, this.#randomUsed, this.#randomUsed + length);
    this.#randomUsed += length;
  }
}
