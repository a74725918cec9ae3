import { type PublicBlob, readPublicBlob } from './public-blob.ts';
import { SshKeyError } from './ssh-key-error.ts';

const LINE = /^(\S+)[ \t]+([A-Za-z0-9+/]+)={0,3}(?:[ \t].*)?$/;

/**
 * Reads a public key as one line of OpenSSH's form: type, base64, and maybe a comment. `smallestRsaBits` bounds the
 * modulus. Throws `SshKeyError`, also for certificates, options before the type, and the form of RFC 4716.
 */
export function readPublicKey(text: string, smallestRsaBits: number): PublicBlob {
  const [, type, base64 = ''] = LINE.exec(text.trim()) ?? [];
  if (type === undefined) throw new SshKeyError('not one line of type and base64');
  const blob = Buffer.from(base64, 'base64');
  if (unpadded(blob) !== base64) throw new SshKeyError('not base64');
  const read = readPublicBlob(blob);
  if (read.type !== type) throw new SshKeyError(`the key is of type ${read.type}`);
  if (rsaBits(read) < smallestRsaBits) throw new SshKeyError('the key is too short');
  return read;
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

function rsaBits({ key }: PublicBlob): number {
  return key.asymmetricKeyDetails?.modulusLength ?? Number.POSITIVE_INFINITY;
}
