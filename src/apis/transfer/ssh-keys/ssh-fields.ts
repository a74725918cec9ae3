import { SshKeyError } from './ssh-key-error.ts';

/** Reads the fields of RFC 4251, section 5, one after another. Throws `SshKeyError` at the first that is not whole. */
export class SshReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  uint32(): number {
    return this.#take(4).readUInt32BE();
  }

  bytes(): Buffer {
    return this.#take(this.uint32());
  }

  text(): string {
    return this.bytes().toString('latin1');
  }

  /** The bytes of a positive integer; needless zeros before it are left out, as OpenSSH does. */
  integer(): Buffer {
    const bytes = this.bytes();
    const start = bytes.findIndex((byte) => byte !== 0);
    if (start === -1 || (start === 0 && (bytes[0] ?? 0) >= 0x80))
      throw new SshKeyError('a number is not positive');
    return bytes.subarray(start);
  }

  /** As `integer`, but refuses needless zeros: with them one key would have several texts. */
  shortestInteger(): Buffer {
    const from = this.#at;
    const value = this.integer();
    const field = this.#bytes.subarray(from, this.#at);
    if (!field.equals(integerField(value))) throw new SshKeyError('a number is not in its shortest form');
    return value;
  }

  /** What has not been read. */
  rest(): Buffer {
    return this.#take(this.#bytes.length - this.#at);
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new SshKeyError('the key ends too early');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}

export function uint32Field(value: number): Buffer {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(value);
  return field;
}

export function bytesField(value: Uint8Array | string): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  return Buffer.concat([uint32Field(bytes.length), bytes]);
}

/** From the big-endian bytes of a positive integer. */
export function integerField(value: Buffer): Buffer {
  let start = 0;
  while (start < value.length - 1 && value[start] === 0) start++;
  const bytes = value.subarray(start);
  return bytesField((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}
