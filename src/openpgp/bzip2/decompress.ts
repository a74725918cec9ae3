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
  const bits = new BitReader(new ByteReader(body), MOST_BLOCK_BYTES);
  await bits.fill();
  const level = bits.bits(24) === 0x425a68 ? bits.bits(8) - 0x30 : 0;
  if (level < 1 || level > 9) throw damaged('what is compressed in it is damaged');
  const room = new Uint32Array(level * 100_000);
  for (;;) {
    await bits.fill();
    const mark = bits.bits(24) * 2 ** 24 + bits.bits(24);
    bits.bits(16);
    bits.bits(16);
    if (mark === STREAM_END) return;
    if (mark !== BLOCK_START) throw damaged('what is compressed in it is damaged');
    const block = readBlock(bits, room);
    yield* expand(block, link(block));
  }
}

/** Links the bytes in their first order: the upper 24 bits of each become the place of the one that follows. Gives the first place. */
function link({ bytes, length, origin, counts }: SortedBlock): number {
  const places = new Int32Array(256);
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    places[byte] = sum;
    sum += counts[byte] ?? 0;
  }
  for (let at = 0; at < length; at++) {
    const byte = (bytes[at] as number) & 0xff;
    const place = places[byte] as number;
    places[byte] = place + 1;
    bytes[place] = ((bytes[place] as number) | (at << 8)) >>> 0;
  }
  return (bytes[origin] as number) >>> 8;
}

/** The linked bytes one after the other; four equal ones are followed by how many more of them there are. */
function* expand({ bytes, length }: SortedBlock, start: number): Generator<Bytes> {
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let filled = 0;
  let place = start;
  let last = -1;
  let run = 0;
  for (let count = 0; count < length; count++) {
    const entry = bytes[place] as number;
    const byte = entry & 0xff;
    place = entry >>> 8;
    if (filled + 255 > PIECE_BYTES) {
      yield piece.subarray(0, filled);
      piece = Buffer.allocUnsafe(PIECE_BYTES);
      filled = 0;
    }
    if (run === 4) {
      piece.fill(last, filled, filled + byte);
      filled += byte;
      run = 0;
      last = -1;
      continue;
    }
    piece[filled++] = byte;
    run = byte === last ? run + 1 : 1;
    last = byte;
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
