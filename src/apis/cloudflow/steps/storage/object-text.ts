import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Bucket } from '../../../../files/bucket.ts';
import { FilesError } from '../../../../files/files-error.ts';
import { wrongContent } from '../inferred.ts';
import { failure } from './storage-failure.ts';

const PIECE = 1 << 18;

/** The text of an object, a piece at a time; of one whose key ends in `.gz`, what it unpacks to. */
export async function* objectText(bucket: Bucket, key: string, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const bytes = objectBytes(bucket, key, signal);
  const content = key.endsWith('.gz') ? unpacked(bytes, key) : bytes;
  try {
    for await (const piece of content) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (codeOf(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw failure(wrongContent(), `The object ${key} is not text in UTF-8`);
  }
}

async function* objectBytes(bucket: Bucket, key: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = await bucket.open({ key });
  try {
    for (let position = 0; position < reader.info.size; ) {
      signal.throwIfAborted();
      const bytes = await reader.read(position, PIECE);
      if (bytes.length === 0) throw new FilesError('changed', `The object became shorter: ${key}`);
      yield bytes;
      position += bytes.length;
    }
  } finally {
    await reader.close();
  }
}

async function* unpacked(bytes: AsyncIterable<Uint8Array>, key: string): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(bytes, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: PIECE });
  packed.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const piece of packed.pipe(gunzip)) yield piece as Uint8Array;
  } catch (error) {
    if (!codeOf(error).startsWith('Z_')) throw error;
    throw failure(wrongContent(), `The object ${key} is not packed by gzip`);
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? '');
