/** In a KEXINIT (RFC 4253, section 7.1): after the type and the cookie. */
const LISTS_AT = 17;

/** The first two lists of a client's KEXINIT. Those that do not fit into it are cut off: ssh2 says what is wrong. */
export class ClientLists {
  readonly #payload: Buffer;
  readonly #end: number;
  readonly exchanges: readonly string[];
  /** The type that it would like best. */
  readonly hostKey: string | undefined;

  constructor(payload: Buffer) {
    this.#payload = payload;
    this.exchanges = listAt(payload, LISTS_AT);
    this.#end = endOfList(payload, LISTS_AT);
    [this.hostKey] = listAt(payload, this.#end);
  }

  /** The payload with the names of two exchanges in each other's place. */
  naming(one: string, other: string): Buffer {
    const swap = (name: string): string => (name === one ? other : name === other ? one : name);
    const list = Buffer.from(this.exchanges.map(swap).join(','), 'latin1');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(list.length);
    const payload = this.#payload;
    return Buffer.concat([payload.subarray(0, LISTS_AT), length, list, payload.subarray(this.#end)]);
  }
}

function listAt(payload: Buffer, at: number): readonly string[] {
  return payload.toString('latin1', at + 4, endOfList(payload, at)).split(',');
}

function endOfList(payload: Buffer, at: number): number {
  const start = at + 4;
  return start > payload.length ? payload.length : start + payload.readUInt32BE(at);
}
