import { closeSync, read as readFile } from 'node:fs';
import { promisify } from 'node:util';
import type { ObjectReader, OpenedObject } from '../../bucket.ts';
import { FilesError } from '../../files-error.ts';
import { fsFailure } from '../fs-failure.ts';
import type { BucketFiles, OpenedFile } from './bucket-files.ts';

const read = promisify(readFile);
const NOTHING = new Uint8Array(0);

/** Reads an open file, and notices when another program writes into it. What small ones hold is read while the client asks for it. */
export function readObject(files: BucketFiles, file: OpenedFile, info: OpenedObject): ObjectReader {
  const { size, key, etag } = info;
  let isOpen = true;
  const readPart = async (position: number, wanted: number, room?: Uint8Array): Promise<Uint8Array> => {
    const bytes = room?.subarray(0, wanted) ?? Buffer.allocUnsafe(wanted);
    const filled = await fill(file.fd, bytes, position).catch((error: unknown) => {
      throw fsFailure(error, key);
    });
    if (filled === wanted && files.hasStill(file, etag)) return bytes;
    throw new FilesError('changed', `The object was written while it was read: ${key}`);
  };
  const isAhead = files.readAhead.begin(size);
  const whole = isAhead ? readPart(0, size) : undefined;
  // Whoever reads learns of a failure.
  whole?.catch(() => undefined);
  return {
    info,
    read: async (position, length, room) => {
      if (!isOpen) throw new FilesError('invalid', `The object is no longer open: ${key}`);
      const wanted = Math.max(0, Math.min(length, size - position));
      // Clients ask until they are told that there is no more.
      if (wanted === 0) return NOTHING;
      if (whole !== undefined) return (await whole).subarray(position, position + wanted);
      return readPart(position, wanted, room);
    },
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      await whole?.catch(() => undefined);
      closeSync(file.fd);
      if (isAhead) files.readAhead.end(size);
    },
  };
}

/** A directory that is an object has no bytes. */
export function readMarker(info: OpenedObject): ObjectReader {
  return { info, read: async () => NOTHING, close: async () => undefined };
}

async function fill(fd: number, bytes: Uint8Array, position: number): Promise<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await read(fd, bytes, filled, bytes.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
