import { closeSync, fstatSync, read as readFile } from 'node:fs';
import { promisify } from 'node:util';
import type { ObjectReader, OpenedObject } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import { fsFailure } from '../fs-failure.ts';
import { isSame, type OpenedFile } from './bucket-files.ts';

const read = promisify(readFile);

/** Reads an open file, and notices when another program writes into it. */
export function readObject(file: OpenedFile, info: OpenedObject): ObjectReader {
  const { fd, identity } = file;
  let isOpen = true;
  return {
    info,
    read: async (position, length) => {
      if (!isOpen) throw new FilesError('invalid', `The object is no longer open: ${info.key}`);
      const wanted = Math.max(0, Math.min(length, info.size - position));
      const bytes = Buffer.allocUnsafe(wanted);
      const filled = await fill(fd, bytes, position).catch((error: unknown) => {
        throw fsFailure(error, info.key);
      });
      if (!isSame(fstatSync(fd, { bigint: true }), identity) || filled < wanted) {
        throw new FilesError('changed', `The object was written while it was read: ${info.key}`);
      }
      return bytes;
    },
    close: async () => {
      if (isOpen) closeSync(fd);
      isOpen = false;
    },
  };
}

/** A directory that is an object has no bytes. */
export function readMarker(info: OpenedObject): ObjectReader {
  return { info, read: async () => new Uint8Array(0), close: async () => undefined };
}

async function fill(fd: number, bytes: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await read(fd, bytes, filled, bytes.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
