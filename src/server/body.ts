import type { IncomingMessage } from 'node:http';
import { RequestTooLarge } from '../wire/errors.ts';

/** The client went away before its request was complete; there is nobody to answer. */
export class ClientLeft extends Error {
  override readonly name = 'ClientLeft';
}

/** The whole body. `limit` is for body and headers together, in bytes; more is refused without being read. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return collect(request, { limit, room: limit - headerBytes(request.rawHeaders) });
}

/** The same with a limit for the body alone. */
export function readBodyUpTo(request: IncomingMessage, limit: number): Promise<Buffer> {
  return collect(request, { limit, room: limit });
}

interface Room {
  /** What a refusal names. */
  readonly limit: number;
  readonly room: number;
}

function collect(request: IncomingMessage, { limit, room }: Room): Promise<Buffer> {
  if (Number(request.headers['content-length']) > room) return Promise.reject(new RequestTooLarge(limit));
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > room) {
        request.removeAllListeners('data').resume();
        reject(new RequestTooLarge(limit));
      } else if (first === undefined) first = chunk;
      else if (more === undefined) more = [first, chunk];
      else more.push(chunk);
    });
    request.on('end', () => resolve(more === undefined ? (first ?? EMPTY) : Buffer.concat(more, size)));
    request.on('error', () => reject(new ClientLeft()));
  });
}

const EMPTY = Buffer.alloc(0);

/** Each header line costs its name, its value and four bytes of punctuation. */
function headerBytes(rawHeaders: readonly string[]): number {
  let bytes = rawHeaders.length * 2;
  for (const text of rawHeaders) bytes += text.length;
  return bytes;
}
