import { createPrivateKey, type KeyObject, sign, verify } from 'node:crypto';
import { printOpensshKey, readOpensshKey } from './openssh-key.ts';
import { fingerprintOf, publicBlobOf } from './public-blob.ts';
import { SshKeyError } from './ssh-key-error.ts';

const SMALLEST_RSA_BITS = 2048;
const OPENSSH = /^\s*-----BEGIN OPENSSH PRIVATE KEY-----/;

export interface PrivateKey {
  /** For example `ssh-ed25519`. */
  readonly type: string;
  readonly fingerprint: string;
  /** PKCS #1, SEC 1 or OpenSSH's form, as programs of SSH read keys of its type. */
  readonly text: string;
}

/** Reads a key in PEM or OpenSSH's form, without passphrase. Throws `SshKeyError`. */
export function readPrivateKey(text: string): PrivateKey {
  const key = OPENSSH.test(text) ? readOpensshKey(text) : readPem(text);
  mustBeWhole(key);
  return describePrivateKey(key);
}

/** Throws `SshKeyError` for a key that is not of a type for hosts. */
export function describePrivateKey(key: KeyObject): PrivateKey {
  const found = publicBlobOf(key);
  if (found === undefined) throw new SshKeyError('only RSA, ECDSA and Ed25519 keys are taken');
  if ((key.asymmetricKeyDetails?.modulusLength ?? SMALLEST_RSA_BITS) < SMALLEST_RSA_BITS)
    throw new SshKeyError(`RSA keys have at least ${SMALLEST_RSA_BITS} bits`);
  return { type: found.type, fingerprint: fingerprintOf(found.blob), text: print(key, found.blob) };
}

function readPem(text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    throw new SshKeyError('not a private key in PEM without passphrase');
  }
}

/** Its parts could belong to different keys: such a key would refuse every client later. */
function mustBeWhole(key: KeyObject): void {
  const probe = Buffer.from('probe');
  const found = publicBlobOf(key);
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  try {
    if (found === undefined || verify(algorithm, probe, found.key, sign(algorithm, probe, key))) return;
  } catch {}
  throw new SshKeyError('its parts do not belong together');
}

function print(key: KeyObject, blob: Buffer): string {
  const { asymmetricKeyType: type } = key;
  if (type === 'ed25519') return printOpensshKey(key, blob);
  const form = type === 'rsa' ? 'pkcs1' : 'sec1';
  return String(key.export({ type: form, format: 'pem' })).trim();
}
