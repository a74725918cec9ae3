import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { encryptSessionKey, readPrivateKey } from 'openpgp';
import { key } from './fixtures.ts';

export const concat = (...parts: readonly (Uint8Array | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));

/** A packet with a header of the new format, and a length of four bytes. */
export function packet(tag: number, ...body: readonly (Uint8Array | readonly number[])[]): Buffer {
  const content = concat(...body);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return concat([0xc0 | tag, 255], length, content);
}

/** A packet whose body comes in parts of 512 bytes. */
export function partialPacket(tag: number, body: Uint8Array): Buffer {
  const parts: (Uint8Array | readonly number[])[] = [[0xc0 | tag]];
  let at = 0;
  for (; body.length - at >= 512; at += 512) parts.push([0xe0 | 9], body.subarray(at, at + 512));
  const last = body.length - at;
  parts.push(last < 192 ? [last] : [192 + ((last - 192) >> 8), (last - 192) & 0xff], body.subarray(at));
  return concat(...parts);
}

export const literal = (content: string | Uint8Array, name = ''): Buffer =>
  packet(
    11,
    Buffer.from('b'),
    [Buffer.byteLength(name)],
    Buffer.from(name),
    [0, 0, 0, 0],
    Buffer.from(content),
  );

export const compressed = (algorithm: number, bytes: Uint8Array): Buffer => packet(8, [algorithm], bytes);

export const sessionKey = randomBytes(32);

/** Public-Key Encrypted Session Key packet for the NIST P-256 key of the fixtures. */
export async function recipient(): Promise<Buffer> {
  const encryptionKeys = await readPrivateKey({ armoredKey: key('nistp256').privateKey });
  const bytes = await encryptSessionKey({
    data: sessionKey,
    algorithm: 'aes256',
    encryptionKeys: encryptionKeys.toPublic(),
    format: 'binary',
  });
  return Buffer.from(bytes);
}

/** AES-256 as these packets have it: a random prefix, and a hash in the last packet. */
export function sealed(packets: Uint8Array, { code = true }: { readonly code?: boolean } = {}): Buffer {
  const random = randomBytes(16);
  const start = concat(random, random.subarray(14), packets, code ? [0xd3, 0x14] : []);
  const whole = code ? concat(start, createHash('sha1').update(start).digest()) : start;
  const cipher = createCipheriv('aes-256-cfb', sessionKey, Buffer.alloc(16));
  return concat(cipher.update(whole), cipher.final());
}

/** A whole message with these packets inside. */
export async function messageOf(...packets: readonly Uint8Array[]): Promise<Buffer> {
  return concat(await recipient(), packet(18, [1], sealed(concat(...packets))));
}
