import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../lib/make-directory.ts';
import { createSecretBox, SecretBoxError } from './aes-secret-box.ts';
import { KEY_BYTES, readMasterKey } from './master-key.ts';
import type { SecretBox } from './secret-box.ts';
import { writePrivateFile } from './write-private-file.ts';

export interface SecretBoxOptions {
  readonly dataDirectory: string;
  /** The value of `ORRERY_MASTER_KEY`: 32 bytes in base64 or hexadecimal. Without it the key is kept in `<data>/master.key`. */
  readonly environmentKey?: string | undefined;
  /** Gives that many random bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

const CHECK_PURPOSE = 'check of the master key';
const CHECK_TEXT = 'orrery';

/**
 * The box of an installation; the first start makes its key. Throws, naming file or variable but no key, when the key cannot be
 * read, or is not the one under which this data directory was sealed before (`<data>/master.check` tells).
 */
export function openSecretBox(options: SecretBoxOptions): SecretBox {
  const { dataDirectory, environmentKey, random } = options;
  const checkFile = join(dataDirectory, 'master.check');
  const check = readIfThere(checkFile);
  const keySource = environmentKey ? 'ORRERY_MASTER_KEY' : join(dataDirectory, 'master.key');
  const key = environmentKey
    ? readMasterKey(environmentKey, keySource)
    : keptKey(keySource, options, check !== undefined);
  const box = createSecretBox(key, random);
  if (check !== undefined) mustOpen(box, check, { checkFile, keySource });
  else {
    makeDirectory(dataDirectory);
    writePrivateFile(checkFile, `${box.seal(CHECK_TEXT, CHECK_PURPOSE)}\n`);
  }
  return box;
}

function keptKey(
  keyFile: string,
  { dataDirectory, random }: SecretBoxOptions,
  hasSealed: boolean,
): Uint8Array {
  const kept = readIfThere(keyFile);
  if (kept !== undefined) return readMasterKey(kept, keyFile);
  if (hasSealed)
    throw new Error(
      `${keyFile} is missing, but the data directory was sealed under a master key: restore the file, or set ORRERY_MASTER_KEY`,
    );
  const made = random(KEY_BYTES);
  makeDirectory(dataDirectory);
  writePrivateFile(keyFile, `${Buffer.from(made).toString('base64')}\n`);
  return made;
}

function mustOpen(
  box: SecretBox,
  check: string,
  { checkFile, keySource }: { readonly checkFile: string; readonly keySource: string },
): void {
  try {
    if (box.open(check.trim(), CHECK_PURPOSE) === CHECK_TEXT) return;
  } catch (error) {
    if (!(error instanceof SecretBoxError)) throw error;
    if (error.reason === 'other-key')
      throw new Error(
        `the data directory was sealed under another master key than that of ${keySource}; its secrets cannot be read with this one`,
      );
  }
  throw new Error(`${checkFile} is damaged: restore it, or remove it if ${keySource} holds the right key`);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
