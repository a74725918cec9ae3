import { ByteReader, type Bytes } from '../byte-reader.ts';
import { damaged } from '../openpgp-error.ts';
import { BitReader } from './bit-reader.ts';
import { readBlock, type SortedBlock } from './read-block.ts';

const PIECE_BYTES = 128 * 1024;
/** More than a block takes at its largest: 900,000 symbols of 20 bits, tables and selectors. */
const MOST_BLOCK_BYTES = 2_400_000;
const BLOCK_START = 0x314159265359;
const STREAM_END = 0x177245385090;

/** A stream of blocks that are each sorted, moved to the front and coded. Throws `damaged` for anything else. */
export async function* decompressBzip2(body: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  const bits = new BitReader(new ByteReader(body));
  await bits.fill(MOST_BLOCK_BYTES);
  const level = bits.bits(24) === 0x425a68 ? bits.bits(8) - 0x30 : 0;
  if (level < 1 || level > 9) throw damaged('what is compressed in it is damaged');
  const room = new Uint32Array(level * 100_000);
  for (;;) {
    await bits.fill(MOST_BLOCK_BYTES);
    const mark = bits.bits(24) * 2 ** 24 + bits.bits(24);
    bits.bits(16);
    bits.bits(16);
    if (mark === STREAM_END) return;
    if (mark !== BLOCK_START) throw damaged('what is compressed in it is damaged');
    yield* expand(unsort(readBlock(bits, room)));
  }
}

/** The bytes in their first order, one after the other. */
function* unsort({ bytes, length, origin, counts }: SortedBlock): Generator<number> {
  const places = new Int32Array(256);
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    places[byte] = sum;
    sum += counts[byte] ?? 0;
  }
  // The upper 24 bits of each entry become the place of the byte that follows.
  for (let at = 0; at < length; at++) {
    const byte = (bytes[at] ?? 0) & 0xff;
    const place = places[byte] ?? 0;
    places[byte] = place + 1;
    bytes[place] = ((bytes[place] ?? 0) | (at << 8)) >>> 0;
  }
  let entry = bytes[(bytes[origin] ?? 0) >>> 8] ?? 0;
  for (let count = 0; count < length; count++) {
    yield entry & 0xff;
    entry = bytes[entry >>> 8] ?? 0;
  }
}

/** Four equal bytes are followed by how many more of them there are. */
function* expand(bytes: Iterable<number>): Generator<Bytes> {
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let length = 0;
  let last = -1;
  let run = 0;
  for (const byte of bytes) {
    const times = run === 4 ? byte : 1;
    const written = run === 4 ? last : byte;
    if (length + times > PIECE_BYTES) {
      yield piece.subarray(0, length);
      piece = Buffer.allocUnsafe(PIECE_BYTES);
      length = 0;
    }
    piece.fill(written, length, length + times);
    length += times;
    run = run === 4 ? 0 : byte === last ? run + 1 : 1;
    last = run === 0 ? -1 : byte;
  }
  if (length > 0) yield piece.subarray(0, length);
}
