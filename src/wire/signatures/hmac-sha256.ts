import { hash } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;

/** HMAC-SHA256 of ASCII text under a key fixed once, in lower-case hexadecimal. */
export type Hmac = (text: string) => string;

/**
 * RFC 2104 over the one-shot hash: a native HMAC object for every request costs its making and its collection,
 * several times what the hashing does.
 */
export function createHmacSha256(key: Uint8Array): Hmac {
  const padded = Buffer.alloc(BLOCK);
  padded.set(key.length > BLOCK ? hash('sha256', key, 'buffer') : key);
  const inner = Buffer.alloc(BLOCK * 8);
  const outer = Buffer.alloc(BLOCK + DIGEST);
  for (const [at, byte] of padded.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  padded.fill(0);
  return (text) => {
    const room =
      text.length <= inner.length - BLOCK
        ? inner
        : Buffer.concat([inner.subarray(0, BLOCK), Buffer.alloc(text.length)]);
    const end = BLOCK + room.write(text, BLOCK, 'latin1');
    // As text, since a buffer for each digest costs as much as the hash.
    outer.write(hash('sha256', room.subarray(0, end), 'binary'), BLOCK, 'latin1');
    return hash('sha256', outer, 'hex');
  };
}
