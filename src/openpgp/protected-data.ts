import { createHash, timingSafeEqual } from 'node:crypto';
import { ByteReader, type Bytes } from './byte-reader.ts';
import { decryptCfb, decryptStart } from './cfb.ts';
import { cipherOf, type SessionKey } from './ciphers.ts';
import { damaged } from './openpgp-error.ts';

/** A packet header (two bytes) and a SHA-1 hash end what is encrypted. */
const CODE_HEADER = Buffer.from([0xd3, 0x14]);
const HASH_BYTES = 20;
const CODE_BYTES = CODE_HEADER.length + HASH_BYTES;

/**
 * What a Symmetrically Encrypted Integrity Protected Data packet of version 1 holds, after its version byte. Ends normally only when the
 * modification detection code at its end fits; `keys` are those it may be under.
 * RFC 4880, section 5.13: https://www.rfc-editor.org/rfc/rfc4880#section-5.13
 */
export async function* openProtected(
  body: AsyncIterable<Bytes>,
  keys: readonly SessionKey[],
): AsyncGenerator<Bytes> {
  const { key, ciphertext } = await chooseKey(new ByteReader(body), keys);
  const hash = createHash('sha1');
  const pieces = decryptCfb(ciphertext, key, CODE_BYTES);
  let start = prefixBytes(key);
  let piece = await pieces.next();
  for (; piece.done !== true; piece = await pieces.next()) {
    hash.update(piece.value);
    yield piece.value.subarray(start);
    start = 0;
  }
  const last = piece.value;
  const end = last.length - CODE_BYTES;
  const header = last.subarray(Math.max(0, end), end + CODE_HEADER.length);
  const isWhole = end >= start && CODE_HEADER.equals(header);
  if (
    !isWhole ||
    !timingSafeEqual(last.subarray(-HASH_BYTES), hash.update(last.subarray(0, -HASH_BYTES)).digest())
  )
    throw damaged('the message was changed, or it is not whole: its integrity check fails');
  if (end > start) yield last.subarray(start, end);
}

const prefixBytes = ({ algorithm }: SessionKey): number => cipherOf(algorithm).blockBytes + 2;

/** The data begin with a block of random bytes, of which the last two come again: that tells the right key among several. */
async function chooseKey(
  reader: ByteReader,
  keys: readonly SessionKey[],
): Promise<{ readonly key: SessionKey; readonly ciphertext: ByteReader }> {
  const start = await reader.bytes(Math.max(...keys.map(prefixBytes)));
  const key = keys.find((candidate) => {
    if (candidate.key.length !== cipherOf(candidate.algorithm).keyBytes) return false;
    const end = prefixBytes(candidate);
    const plain = decryptStart(start, candidate);
    return plain.readUInt16BE(end - 4) === plain.readUInt16BE(end - 2);
  });
  if (key === undefined) throw damaged('what is encrypted does not begin as it should');
  return { key, ciphertext: reader.after(start) };
}
