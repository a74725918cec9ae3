import type { PublicKeyAuthContext } from 'ssh2';
import { ssh2 } from './ssh2.ts';

/** Types of key that a user may log in with. */
const TYPES = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'];

/** Signatures that a user may prove a key with, best first. */
export function userSignatures(allowsSha1: boolean): readonly string[] {
  const names = TYPES.filter((type) => type !== 'ssh-rsa').concat('rsa-sha2-512', 'rsa-sha2-256');
  return allowsSha1 ? [...names, 'ssh-rsa'] : names;
}

/** Why a key is no use, whoever's it is; or whether its signature was there, and right. */
export type KeyCheck = { readonly refused: string } | { readonly isProven: boolean; readonly type: string };

/** Checks the signature under the key and the hash that the request names. */
export function checkUserKey(attempt: PublicKeyAuthContext, allowsSha1: boolean): KeyCheck {
  // ssh2 leaves the name of the hash away for plain `ssh-rsa`, which stands for SHA-1.
  const { key, signature, blob, hashAlgo } = attempt;
  if (!TYPES.includes(key.algo)) return { refused: 'the type of the key is not supported' };
  if (key.algo === 'ssh-rsa' && hashAlgo === undefined && !allowsSha1) {
    return { refused: 'signatures with SHA-1 are not allowed' };
  }
  const parsed = startsWithName(key.data, key.algo) ? ssh2.utils.parseKey(key.data) : undefined;
  if (parsed === undefined || parsed instanceof Error) return { refused: 'the key cannot be read' };
  if (signature === undefined || blob === undefined) return { isProven: false, type: key.algo };
  const isRight = parsed.verify(blob, signature, hashAlgo) === true;
  return isRight ? { isProven: true, type: key.algo } : { refused: 'the signature is wrong' };
}

/** Says that the key would do, under the name that was asked about (RFC 4252, section 7): ssh2 gives that of the type of the key. */
export function acceptKey(attempt: PublicKeyAuthContext): void {
  const { key, hashAlgo } = attempt;
  if (hashAlgo !== undefined) key.algo = hashAlgo === 'sha512' ? 'rsa-sha2-512' : 'rsa-sha2-256';
  attempt.accept();
}

/** As keys on the wire do; ssh2 would also read keys in the form of files, which nobody sends. */
function startsWithName(key: Buffer, name: string): boolean {
  const length = Buffer.byteLength(name);
  return (
    key.length > length + 4 && key.readUInt32BE() === length && key.toString('latin1', 4, 4 + length) === name
  );
}
