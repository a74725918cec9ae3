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
  return { length: partialLength(first), isPartial: true };
}

const isPartialLength = (first: number): boolean => first >= 224 && first < 255;
const partialLength = (first: number): number => 2 ** (first & 0x1f);

/** What is left of the part of a body that is being read. */
interface Part {
  readonly left: number;
  /** Whether another part follows. */
  readonly isPartial: boolean;
}

const partOf = ({ length, isPartial }: Size): Part => ({
  left: length ?? Number.POSITIVE_INFINITY,
  isPartial,
});

/** The body of the packet whose header was just read, in pieces of any size. Throws `damaged` when it ends too early. */
export async function* readBody(reader: ByteReader, header: PacketHeader): AsyncGenerator<Bytes> {
  let part = partOf(header);
  for (;;) {
    while (part.left === 0) {
      if (!part.isPartial) return;
      part = partOf(await newLength(reader));
    }
    const there = await reader.there();
    if (there === undefined && part.left === Number.POSITIVE_INFINITY) return;
    if (there === undefined) throw damaged('the message ends in the middle of a packet');
    const joined = joinParts(there, part);
    reader.skip(joined.used);
    part = joined.part;
    yield joined.content;
  }
}

/** Moves parts over the lengths between them, as far as they are there: GnuPG's have 8 KiB, and each on its own way would cost more than that. */
function joinParts(bytes: Bytes, { left, isPartial }: Part) {
  let used = Math.min(left, bytes.length);
  let count = used;
  let missing = left - used;
  while (missing === 0 && isPartial && used < bytes.length) {
    const first = bytes[used] as number;
    // The length of the last part is read like any other.
    if (!isPartialLength(first)) break;
    used += 1;
    const more = Math.min(partialLength(first), bytes.length - used);
    bytes.copyWithin(count, used, used + more);
    missing = partialLength(first) - more;
    used += more;
    count += more;
  }
  return { content: bytes.subarray(0, count), used, part: { left: missing, isPartial } };
}

/** The whole body of a small packet; throws `damaged` when it is larger than that many bytes. */
export async function readSmallBody(reader: ByteReader, header: PacketHeader, most: number): Promise<Buffer> {
  if (header.length === undefined || header.isPartial || header.length > most)
    throw damaged(`a packet of type ${header.tag} is too large`);
  return reader.bytes(header.length);
}
