import { Readable } from 'node:stream';
import { createInflate, createInflateRaw, type Inflate, type InflateRaw } from 'node:zlib';
import { type Bytes, gather } from './byte-reader.ts';
import { decompressBzip2 } from './bzip2/decompress.ts';
import { damaged, unsupported } from './openpgp-error.ts';

const PIECE_BYTES = 256 * 1024;

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

async function* inflate(body: AsyncIterable<Bytes>, engine: Inflate | InflateRaw): AsyncGenerator<Bytes> {
  const source = Readable.from(gather(body, 65_536), { objectMode: true, highWaterMark: 1 });
  let broken: unknown;
  source.on('error', (error) => {
    broken = error;
    engine.destroy(error);
  });
  source.pipe(engine);
  try {
    for await (const piece of engine) yield piece as Buffer;
  } catch (error) {
    if (broken !== undefined) throw broken;
    throw isZlibError(error) ? damaged('what is compressed in it is damaged') : error;
  } finally {
    source.destroy();
    engine.destroy();
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
