import { read as readFile } from 'node:fs';
import { promisify } from 'node:util';
import type { Hasher } from './hasher.ts';

const read = promisify(readFile);
const PIECE = 1 << 20;

/** MD5 in hexadecimal of what a descriptor holds from its start on. */
export async function hashFile(fd: number, hasher: Hasher, signal?: AbortSignal): Promise<string> {
  const hashing = hasher.begin();
  // Shared memory goes to a thread without being copied.
  const piece = Buffer.from(new SharedArrayBuffer(PIECE));
  try {
    for (let position = 0; ; ) {
      signal?.throwIfAborted();
      const { bytesRead } = await read(fd, piece, 0, PIECE, position);
      if (bytesRead === 0) return await hashing.digest();
      await hashing.update(piece.subarray(0, bytesRead));
      position += bytesRead;
    }
  } catch (error) {
    hashing.drop();
    throw error;
  }
}
