import { createInflate, createInflateRaw, type Inflate, type InflateRaw } from 'node:zlib';
import { ByteReader, type Bytes, discard } from './byte-reader.ts';
import { decompressBzip2 } from './bzip2/decompress.ts';
import { damaged, unsupported } from './openpgp-error.ts';

const PIECE_BYTES = 512 * 1024;

/** RFC 4880, section 9.3: https://www.rfc-editor.org/rfc/rfc4880#section-9.3 */
export function decompress(algorithm: number, body: AsyncIterable<Bytes>): AsyncIterable<Bytes> {
  switch (algorithm) {
    case 0:
      return body;
    case 1:
      return inflate(body, createInflateRaw({ chunkSize: PIECE_BYTES }));
    case 2:
      return inflate(body, createInflate({ chunkSize: PIECE_BYTES }));
    case 3:
      return decompressBzip2(body);
    default:
      throw unsupported(`its compression, number ${algorithm}, is not supported`);
  }
}

type Engine = Inflate | InflateRaw;

/** Ends when the body does, which may hold more than what is compressed: whoever checks it comes to say so. */
async function* inflate(body: AsyncIterable<Bytes>, engine: Engine): AsyncGenerator<Bytes> {
  const fed = feed(new ByteReader(body), engine);
  fed.catch((error) => engine.destroy(error));
  try {
    for await (const piece of engine as AsyncIterable<Buffer>) {
      yield piece;
      // What reaches the end of a buffer is the last that is put into it.
      if (piece.byteOffset + piece.length === PIECE_BYTES) discard(piece);
    }
    engine.destroy();
    await fed;
  } catch (error) {
    throw isZlibError(error) ? damaged('what is compressed in it is damaged') : error;
  } finally {
    engine.destroy();
  }
}

/** Reads the next piece while the last is being taken, by a thread of Node's. */
async function feed(body: ByteReader, engine: Engine): Promise<void> {
  let [room, other] = [Buffer.allocUnsafeSlow(PIECE_BYTES), Buffer.allocUnsafeSlow(PIECE_BYTES)];
  let taken: Promise<void> | undefined;
  for (;;) {
    const count = await body.fill(room);
    await taken;
    if (count > 0 && !engine.destroyed) taken = take(engine, room.subarray(0, count));
    if (count < PIECE_BYTES) break;
    [room, other] = [other, room];
  }
  await taken;
  engine.end();
}

/** Resolves when the bytes are no longer needed; what is wrong with them is said by reading. */
function take(engine: Engine, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      engine.off('close', done);
      resolve();
    };
    engine.once('close', done);
    engine.write(bytes, done);
  });
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
