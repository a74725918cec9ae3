import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../lib/make-directory.ts';
import { ConfigError } from './problem.ts';

export interface Credentials {
  readonly id: string;
  readonly secret: string;
}

const credentialsFile = (data: string): string => join(data, 'credentials');

/** The default profile of a file in AWS's shared-credentials format; undefined when there is no file. */
export function readCredentials(path: string): Credentials | undefined {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const [, profile = ''] = /^\[default\]\s*$([^[]*)/m.exec(content) ?? [];
  const id = /^\s*aws_access_key_id\s*=\s*(\S+)\s*$/m.exec(profile)?.[1];
  const secret = /^\s*aws_secret_access_key\s*=\s*(\S+)\s*$/m.exec(profile)?.[1];
  if (id === undefined || secret === undefined)
    throw new ConfigError(`${path}: has no complete [default] profile`);
  return { id, secret };
}

/**
 * The key pair kept in the data directory, made on the first start. `random` gives that many random bytes.
 * `created` is set when the file was written just now, so that the caller can say so.
 */
export function ensureCredentials(
  data: string,
  random: (bytes: number) => Uint8Array,
): Credentials & { readonly path: string; readonly created: boolean } {
  const path = credentialsFile(data);
  const known = readCredentials(path);
  if (known !== undefined) return { ...known, path, created: false };
  const made = { id: `ORRERY${letters(random(14))}`, secret: Buffer.from(random(30)).toString('base64') };
  makeDirectory(data);
  write(path, `[default]\naws_access_key_id = ${made.id}\naws_secret_access_key = ${made.secret}\n`);
  return { ...made, path, created: true };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const letters = (bytes: Uint8Array): string => Array.from(bytes, (byte) => ALPHABET[byte % 32]).join('');

/** Only for its owner, and on disk before anybody is told the key. */
function write(path: string, content: string): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
