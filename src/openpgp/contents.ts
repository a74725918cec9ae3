import { ByteReader, type Bytes } from './byte-reader.ts';
import { decompress } from './compressed-data.ts';
import { damaged, OpenPgpError, unsupported } from './openpgp-error.ts';
import { type PacketHeader, readBody, readHeader, readSmallBody, TAG } from './packets.ts';

/** Packets in packets: nobody compresses more than once or twice. */
const MOST_LAYERS = 4;
const MOST_SIGNATURE_BYTES = 1024 * 1024;
/** In all layers: compressed, millions of empty ones would take no room, and a thread for hours. */
const MOST_PACKETS = 10_000;
const SKIPPED: ReadonlySet<number> = new Set([TAG.signature, TAG.onePassSignature, TAG.marker, TAG.padding]);

interface Progress {
  readonly maxBytes: number;
  hasContent: boolean;
  packetsLeft: number;
}

/**
 * What the one literal packet in decrypted packets holds, with compression undone. Signatures are skipped, names of files never
 * looked at. Reads to the end, so that whoever checks it comes to say so. Throws `damaged`, `too-large` and `unsupported`.
 */
export async function* readContents(packets: AsyncIterable<Bytes>, maxBytes: number): AsyncGenerator<Bytes> {
  const progress = { maxBytes, hasContent: false, packetsLeft: MOST_PACKETS };
  yield* readLayer(packets, MOST_LAYERS, progress);
  if (!progress.hasContent) throw damaged('there is no content in the message');
}

async function* readLayer(
  packets: AsyncIterable<Bytes>,
  layersLeft: number,
  progress: Progress,
): AsyncGenerator<Bytes> {
  const reader = new ByteReader(packets);
  for (;;) {
    const header = await readHeader(reader);
    if (header === undefined) return;
    if (progress.packetsLeft-- === 0) throw unsupported(`it has more than ${MOST_PACKETS} packets`);
    if (SKIPPED.has(header.tag)) await readSmallBody(reader, header, MOST_SIGNATURE_BYTES);
    else if (progress.hasContent) throw damaged('something follows the content of the message');
    else if (header.tag === TAG.literal) yield* readLiteral(reader, header, progress);
    else if (header.tag === TAG.compressed) yield* readCompressed(reader, header, { layersLeft, progress });
    else throw unsupported(`there is a packet of type ${header.tag} in the message`);
  }
}

async function* readLiteral(
  reader: ByteReader,
  header: PacketHeader,
  progress: Progress,
): AsyncGenerator<Bytes> {
  const body = new ByteReader(readBody(reader, header));
  await body.mustByte();
  // The name and the date of a file that the sender had.
  await body.bytes(await body.mustByte());
  await body.bytes(4);
  progress.hasContent = true;
  yield* atMost(body, progress.maxBytes);
}

interface Compression {
  readonly layersLeft: number;
  readonly progress: Progress;
}

async function* readCompressed(
  reader: ByteReader,
  header: PacketHeader,
  { layersLeft, progress }: Compression,
): AsyncGenerator<Bytes> {
  if (layersLeft === 0) throw unsupported('it is compressed more often than anybody does');
  const body = new ByteReader(readBody(reader, header));
  const plain = new ByteReader(decompress(await body.mustByte(), body.rest()));
  // What is compressed once more, with its headers, is hardly longer than its content.
  yield* readLayer(atMost(plain, 2 * progress.maxBytes + 65_536), layersLeft - 1, progress);
  // Nothing may be left of the packet, or the next one would begin in it.
  while ((await body.some(65_536)) !== undefined);
}

async function* atMost(reader: ByteReader, maxBytes: number): AsyncGenerator<Bytes> {
  let count = 0;
  for await (const piece of reader.rest()) {
    count += piece.length;
    if (count > maxBytes) throw new OpenPgpError('too-large', `it holds more than ${maxBytes} bytes`);
    yield piece;
  }
}
