import { unsupported } from './openpgp-error.ts';

export interface SessionKey {
  /** RFC 4880, section 9.2. */
  readonly algorithm: number;
  readonly key: Uint8Array;
}

export interface Cipher {
  /** As OpenSSL calls it, without its mode. */
  readonly name: string;
  readonly keyBytes: number;
  readonly blockBytes: number;
}

const CIPHERS: Readonly<Record<number, Cipher>> = {
  2: { name: 'des-ede3', keyBytes: 24, blockBytes: 8 },
  7: { name: 'aes-128', keyBytes: 16, blockBytes: 16 },
  8: { name: 'aes-192', keyBytes: 24, blockBytes: 16 },
  9: { name: 'aes-256', keyBytes: 32, blockBytes: 16 },
};

const NAMES: Readonly<Record<number, string>> = { 1: 'IDEA', 3: 'CAST5', 4: 'Blowfish', 10: 'Twofish' };

/** Throws `unsupported` for what OpenSSL does not have by default. */
export function cipherOf(algorithm: number): Cipher {
  const cipher = CIPHERS[algorithm];
  if (cipher === undefined)
    throw unsupported(`its cipher ${NAMES[algorithm] ?? `number ${algorithm}`} is not supported; use AES`);
  return cipher;
}
