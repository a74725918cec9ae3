import { createCipheriv } from 'node:crypto';
import { type ByteReader, type Bytes, discard } from './byte-reader.ts';
import { type Cipher, cipherOf, type SessionKey } from './ciphers.ts';

/** A multiple of every block size, and little enough for the allocator to use the same memory again. */
const PIECE_BYTES = 64 * 1024;

/**
 * Decrypts cipher feedback with a zero vector; the last piece, which has at least `endBytes` where there are as many, is returned. Each
 * block is the ciphertext, mixed with the block before encrypted once more: those blocks are all known, so that the processor can work on
 * many of them at a time, as OpenSSL's own mode does not.
 */
export async function* decryptCfb(
  reader: ByteReader,
  { algorithm, key }: SessionKey,
  endBytes: number,
): AsyncGenerator<Bytes, Bytes> {
  const cipher = cipherOf(algorithm);
  const { blockBytes } = cipher;
  const encrypter = blockEncrypter(cipher, key);
  // The last block of the ciphertext before, and then the next of it.
  const room = Buffer.alloc(blockBytes + PIECE_BYTES + endBytes);
  const decrypt = (count: number): Buffer => {
    const blocks = Math.ceil(count / blockBytes);
    const plain = encrypter.update(room.subarray(0, blocks * blockBytes)).subarray(0, count);
    mix(plain, room.subarray(blockBytes, blockBytes + count));
    return plain;
  };
  let count = await reader.fill(room.subarray(blockBytes));
  while (count === PIECE_BYTES + endBytes) {
    const plain = decrypt(PIECE_BYTES);
    yield plain;
    discard(plain);
    room.copyWithin(0, PIECE_BYTES);
    count = endBytes + (await reader.fill(room.subarray(blockBytes + endBytes)));
  }
  return decrypt(count);
}

/** The first bytes, which tell whether the key is right. */
export function decryptStart(start: Buffer, { algorithm, key }: SessionKey): Buffer {
  const cipher = cipherOf(algorithm);
  const { blockBytes } = cipher;
  const blocks = Math.ceil(start.length / blockBytes);
  const before = Buffer.alloc(blocks * blockBytes);
  start.copy(before, blockBytes, 0, start.length);
  const plain = blockEncrypter(cipher, key).update(before);
  mix(plain, start);
  return plain.subarray(0, start.length);
}

function blockEncrypter({ name }: Cipher, key: Uint8Array) {
  const encrypter = createCipheriv(`${name}-ecb`, key, null);
  encrypter.setAutoPadding(false);
  return encrypter;
}

/** Mixes the other's bytes into the one's, eight at a time as far as that goes. */
function mix(one: Buffer, other: Buffer): void {
  const canStride = one.byteOffset % 8 === 0 && other.byteOffset % 8 === 0;
  const strides = canStride ? Math.floor(Math.min(one.length, other.length) / 8) : 0;
  const left = new BigUint64Array(one.buffer, canStride ? one.byteOffset : 0, strides);
  const right = new BigUint64Array(other.buffer, canStride ? other.byteOffset : 0, strides);
  for (let at = 0; at < strides; at++) left[at] = (left[at] as bigint) ^ (right[at] as bigint);
  for (let at = strides * 8; at < Math.min(one.length, other.length); at++)
    one[at] = (one[at] as number) ^ (other[at] as number);
}
