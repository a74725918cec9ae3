import { generateKeyPair, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

/** Number of logical shards of an installation; fixed for good when its store is made. */
export const SHARD_COUNT = 256;

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const EXECUTION_ID = /^[0-9a-z]{22}[0-9a-f]{2}$/;
const RANDOM_LENGTH = 13;
const POOL_BYTES = 4096;

/** The only source of randomness. */
export interface Ids {
  /** Nine digits of time, thirteen random, then two hexadecimal ones of the shard: ids sort by time. */
  executionId(shard: number, now: number): string;
}

/** Draws random bytes in blocks: one system call serves some three hundred ids. */
export function createIds(): Ids {
  let pool = randomBytes(POOL_BYTES);
  let used = 0;
  const random = (): string => {
    if (used + RANDOM_LENGTH > POOL_BYTES) {
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    let text = '';
    for (let i = 0; i < RANDOM_LENGTH; i++) text += ALPHABET[(pool[used++] as number) % ALPHABET.length];
    return text;
  };
  return {
    executionId: (shard, now) => now.toString(36).padStart(9, '0') + random() + shardDigits(shard),
  };
}

/** Makes UUIDs that tell requests apart: drawn once and then counted up, half of the cost; others can be guessed from one. */
export function countedUuids(): () => string {
  const drawn = randomUUID().slice(0, -12);
  let count = 0;
  return () => {
    count += 1;
    return drawn + count.toString(16).padStart(12, '0');
  };
}

/** A new UUID that cannot be guessed. */
export function newUuid(): string {
  return randomUUID();
}

/** Secret bytes, for keys. */
export function newSecret(bytes: number): Buffer {
  return randomBytes(bytes);
}

/** A new RSA private key, made on another thread: it takes a good part of a second. */
export async function newRsaKey(bits: number): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('rsa', { modulusLength: bits })).privateKey;
}

/** Shard of an execution or record by the text that names it (FNV-1a). */
export function shardOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) {
    hash ^= key.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  return (hash >>> 0) % SHARD_COUNT;
}

/** Shard that an execution id names; undefined if it is not such an id. */
export function shardOfId(id: string): number | undefined {
  return EXECUTION_ID.test(id) ? Number.parseInt(id.slice(-2), 16) : undefined;
}

function shardDigits(shard: number): string {
  return shard.toString(16).padStart(2, '0');
}
