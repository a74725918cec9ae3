import type { ByteReader, Bytes } from './byte-reader.ts';
import { damaged } from './openpgp-error.ts';

export const TAG = {
  publicKeySession: 1,
  signature: 2,
  passwordSession: 3,
  onePassSignature: 4,
  compressed: 8,
  unprotected: 9,
  marker: 10,
  literal: 11,
  protected: 18,
  authenticated: 20,
  padding: 21,
} as const;

/** Those that may come in parts, or go on to the end. */
const DATA_TAGS: ReadonlySet<number> = new Set([
  TAG.compressed,
  TAG.unprotected,
  TAG.literal,
  TAG.protected,
  TAG.authenticated,
]);

export interface PacketHeader {
  readonly tag: number;
  /** Of the body or, while there is more to come, of its first part; undefined for all that is there. */
  readonly length: number | undefined;
  readonly isPartial: boolean;
}

/**
 * The next packet's header; undefined at the end. Throws `damaged` for what cannot be one.
 * RFC 4880, section 4.2: https://www.rfc-editor.org/rfc/rfc4880#section-4.2
 */
export async function readHeader(reader: ByteReader): Promise<PacketHeader | undefined> {
  const first = await reader.byte();
  if (first === undefined) return undefined;
  if ((first & 0x80) === 0) throw damaged('there is no packet where one should begin');
  const isNew = (first & 0x40) !== 0;
  const tag = isNew ? first & 0x3f : (first >> 2) & 0x0f;
  const size = isNew ? await newLength(reader) : await oldLength(reader, first & 0x03);
  if ((size.isPartial || size.length === undefined) && !DATA_TAGS.has(tag))
    throw damaged(`a packet of type ${tag} has no definite length`);
  return { tag, ...size };
}

type Size = Pick<PacketHeader, 'length' | 'isPartial'>;

async function oldLength(reader: ByteReader, type: number): Promise<Size> {
  if (type === 3) return { length: undefined, isPartial: false };
  const bytes = 1 << type;
  return { length: (await reader.bytes(bytes)).readUIntBE(0, bytes), isPartial: false };
}

async function newLength(reader: ByteReader): Promise<Size> {
  const first = await reader.mustByte();
  if (first < 192) return { length: first, isPartial: false };
  if (first < 224)
    return { length: ((first - 192) << 8) + (await reader.mustByte()) + 192, isPartial: false };
  if (first === 255) return { length: (await reader.bytes(4)).readUInt32BE(), isPartial: false };
  return { length: 2 ** (first & 0x1f), isPartial: true };
}

/** The body of the packet whose header was just read, in pieces of any size. Throws `damaged` when it ends too early. */
export async function* readBody(reader: ByteReader, header: PacketHeader): AsyncGenerator<Bytes> {
  for (let part: Size = header; ; part = await newLength(reader)) {
    let left = part.length ?? Number.POSITIVE_INFINITY;
    while (left > 0) {
      const some = await reader.some(left);
      if (some === undefined && part.length === undefined) return;
      if (some === undefined) throw damaged('the message ends in the middle of a packet');
      left -= some.length;
      yield some;
    }
    if (!part.isPartial) return;
  }
}

/** The whole body of a small packet; throws `damaged` when it is larger than that many bytes. */
export async function readSmallBody(reader: ByteReader, header: PacketHeader, most: number): Promise<Buffer> {
  if (header.length === undefined || header.isPartial || header.length > most)
    throw damaged(`a packet of type ${header.tag} is too large`);
  return reader.bytes(header.length);
}
