import { createDecipheriv, createHash, type Decipheriv, timingSafeEqual } from 'node:crypto';
import { ByteReader, type Bytes } from './byte-reader.ts';
import { cipherOf, type SessionKey } from './ciphers.ts';
import { damaged } from './openpgp-error.ts';

/** A packet header (two bytes) and a SHA-1 hash end what is encrypted. */
const CODE_HEADER = Buffer.from([0xd3, 0x14]);
const CODE_BYTES = CODE_HEADER.length + 20;

/**
 * What a Symmetrically Encrypted Integrity Protected Data packet of version 1 holds, after its version byte. Ends normally only when the
 * modification detection code at its end fits; `keys` are those it may be under.
 * RFC 4880, section 5.13: https://www.rfc-editor.org/rfc/rfc4880#section-5.13
 */
export async function* openProtected(
  body: AsyncIterable<Bytes>,
  keys: readonly SessionKey[],
): AsyncGenerator<Bytes> {
  const reader = new ByteReader(body);
  const { decipher, prefix, rest } = await begin(reader, keys);
  const hash = createHash('sha1').update(prefix);
  let held: Bytes = rest;
  for (;;) {
    const some = await reader.some(Number.POSITIVE_INFINITY);
    if (some === undefined) break;
    const plain = Buffer.concat([held, decipher.update(some)]);
    const content = plain.subarray(0, Math.max(0, plain.length - CODE_BYTES));
    held = Buffer.from(plain.subarray(content.length));
    if (content.length === 0) continue;
    hash.update(content);
    yield content;
  }
  const header = held.subarray(0, CODE_HEADER.length);
  const expected = hash.update(header).digest();
  const isWhole = held.length === CODE_BYTES && CODE_HEADER.equals(header);
  if (!isWhole || !timingSafeEqual(held.subarray(CODE_HEADER.length), expected))
    throw damaged('the message was changed, or it is not whole: its integrity check fails');
}

interface Beginning {
  readonly decipher: Decipheriv;
  readonly prefix: Bytes;
  /** What was decrypted beyond it. */
  readonly rest: Bytes;
}

/** The data begin with a block of random bytes, of which the last two come again: that tells the right key among several. */
async function begin(reader: ByteReader, keys: readonly SessionKey[]): Promise<Beginning> {
  const candidates = keys.map((key) => ({ ...key, cipher: cipherOf(key.algorithm) }));
  const start = await reader.bytes(Math.max(...candidates.map(({ cipher }) => cipher.blockBytes + 2)));
  for (const { cipher, key } of candidates) {
    if (key.length !== cipher.keyBytes) continue;
    const decipher = createDecipheriv(`${cipher.name}-cfb`, key, Buffer.alloc(cipher.blockBytes));
    const plain = decipher.update(start);
    const end = cipher.blockBytes + 2;
    if (plain.readUInt16BE(end - 4) === plain.readUInt16BE(end - 2))
      return { decipher, prefix: plain.subarray(0, end), rest: plain.subarray(end) };
  }
  throw damaged('what is encrypted does not begin as it should');
}
