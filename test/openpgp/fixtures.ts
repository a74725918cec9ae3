import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decryptOpenPgp } from '../../src/openpgp/decrypt.ts';
import { OpenPgpError } from '../../src/openpgp/openpgp-error.ts';

const read = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', name));

/** Made by GnuPG 2.2 with `--openpgp`. */
export const message = (name: string): Buffer => read(`${name}.msg.asc`);
export const plain = read('plain.txt');

const PASSPHRASES: Readonly<Record<string, string>> = { rsa: 'correct horse', cv25519: 'battery staple' };

export const key = (name: string, passphrase = PASSPHRASES[name]) => ({
  privateKey: read(`${name}.key.asc`).toString(),
  ...(passphrase !== undefined && { passphrase }),
});

/** A message in pieces of that many bytes, which are the reader's own. */
export async function* inPieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

export type Outcome = Buffer | OpenPgpError;

/** The content once the end has come, or what was said instead. */
export async function decrypt(
  input: Uint8Array | AsyncIterable<Uint8Array>,
  keys: readonly { readonly privateKey: string; readonly passphrase?: string }[] = [key('cv25519')],
  maxBytes = 10_000_000,
): Promise<Outcome> {
  const pieces: Uint8Array[] = [];
  try {
    const source = input instanceof Uint8Array ? inPieces(input) : input;
    for await (const piece of decryptOpenPgp(source, keys, { maxBytes })) pieces.push(Buffer.from(piece));
  } catch (error) {
    if (error instanceof OpenPgpError) return error;
    throw error;
  }
  return Buffer.concat(pieces);
}

export const reasonOf = (outcome: Outcome): string =>
  outcome instanceof OpenPgpError ? outcome.reason : `content of ${outcome.length} bytes`;
