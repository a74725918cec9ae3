import { createHash } from 'node:crypto';
import { read as readFile } from 'node:fs';
import { promisify } from 'node:util';

const read = promisify(readFile);
const PIECE = 1 << 20;

/** MD5 in hexadecimal of what a descriptor holds from its start on. */
export async function hashFile(fd: number, signal?: AbortSignal): Promise<string> {
  const hash = createHash('md5');
  const piece = Buffer.allocUnsafeSlow(PIECE);
  for (let position = 0; ; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await read(fd, piece, 0, PIECE, position);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(piece.subarray(0, bytesRead));
    position += bytesRead;
  }
}
