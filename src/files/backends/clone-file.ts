import {
  closeSync,
  constants,
  copyFile,
  ftruncateSync,
  openSync,
  read as readFile,
  write as writeFile,
} from 'node:fs';
import { promisify } from 'node:util';

const copy = promisify(copyFile);
const read = promisify(readFile);
const write = promisify(writeFile);

const { COPYFILE_EXCL, COPYFILE_FICLONE, COPYFILE_FICLONE_FORCE } = constants;
/** Up to here the kernel copies in one call, which cannot be stopped half-way. */
const AT_ONCE = 16 << 20;
const PIECE = 4 << 20;

export interface CloneOptions {
  /** Path and descriptor of the same open file. */
  readonly from: { readonly path: string; readonly fd: number };
  readonly size: number;
  readonly signal?: AbortSignal | undefined;
}

/** Makes `to` with the content of a file: as a reference to the same blocks where the file system can. */
export async function cloneFile(to: string, { from, size, signal }: CloneOptions): Promise<void> {
  if (size <= AT_ONCE) return copy(from.path, to, COPYFILE_EXCL | COPYFILE_FICLONE);
  try {
    return await copy(from.path, to, COPYFILE_EXCL | COPYFILE_FICLONE_FORCE);
  } catch {
    // Not this file system, or not across two of them. What made it fail otherwise shows below.
  }
  const fd = openSync(to, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW);
  try {
    await copyPieces(from.fd, fd, signal);
  } finally {
    closeSync(fd);
  }
}

/** What is a hole in the file shall take no room in its copy either. */
async function copyPieces(from: number, to: number, signal: AbortSignal | undefined): Promise<void> {
  const piece = Buffer.allocUnsafeSlow(PIECE);
  const nothing = Buffer.alloc(PIECE);
  for (let position = 0; ; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await read(from, piece, 0, PIECE, position);
    if (bytesRead === 0) return ftruncateSync(to, position);
    const isHole = piece.compare(nothing, 0, bytesRead, 0, bytesRead) === 0;
    for (let at = isHole ? bytesRead : 0; at < bytesRead; ) {
      const { bytesWritten } = await write(to, piece, at, bytesRead - at, position + at);
      at += bytesWritten;
    }
    position += bytesRead;
  }
}
