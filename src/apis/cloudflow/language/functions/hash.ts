import { createHash } from 'node:crypto';
import type { Arguments } from './arguments.ts';

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-512': 'sha512',
};

/** Of the text's UTF-8 bytes, in lower-case hexadecimal digits. */
export function hash(given: Arguments): string {
  const name = given.text(1);
  const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
  if (algorithm === undefined) return given.refuse(1, `one of ${Object.keys(ALGORITHMS).join(', ')}`);
  return createHash(algorithm).update(given.text(0), 'utf8').digest('hex');
}
