import { createDecipheriv, hkdfSync } from 'node:crypto';
import { ByteReader, type Bytes, discard } from './byte-reader.ts';
import { type Cipher, cipherOf, type SessionKey } from './ciphers.ts';
import { damaged, unsupported } from './openpgp-error.ts';
import { TAG } from './packets.ts';

const TAG_BYTES = 16;
const SALT_BYTES = 32;
/** Larger chunks than 4 MiB are not made by anybody, and each has to be in memory before it is known to be good. */
const LARGEST_CHUNK_OCTET = 16;

interface Mode {
  readonly name: 'ocb' | 'gcm';
  readonly nonceBytes: number;
}

const MODES: Readonly<Record<number, Mode>> = {
  2: { name: 'ocb', nonceBytes: 15 },
  3: { name: 'gcm', nonceBytes: 12 },
};

/** How chunks of one message are opened. */
interface Scheme {
  readonly cipher: Cipher;
  readonly mode: Mode;
  readonly chunkBytes: number;
  /** What every chunk is bound to. */
  readonly bound: Buffer;
  readonly open: (key: SessionKey) => {
    readonly key: Uint8Array;
    readonly nonceOf: (index: bigint) => Buffer;
  };
}

/**
 * What GnuPG's AEAD packet holds, after its version byte: each chunk comes out once it is known to be good, and the end only when the whole
 * is. https://datatracker.ietf.org/doc/html/draft-ietf-openpgp-rfc4880bis-10#section-5.16
 */
export async function* openGnupgAead(
  body: AsyncIterable<Bytes>,
  keys: readonly SessionKey[],
): AsyncGenerator<Bytes> {
  const reader = new ByteReader(body);
  const head = await reader.bytes(3);
  const { cipher, mode, chunkBytes } = readParameters(head);
  const start = await reader.bytes(mode.nonceBytes);
  const scheme: Scheme = {
    cipher,
    mode,
    chunkBytes,
    bound: Buffer.from([0xc0 | TAG.authenticated, 1, ...head]),
    open: ({ key }) => ({ key, nonceOf: (index) => mixed(start, index) }),
  };
  yield* openChunks(reader, scheme, { keys, countsChunks: true });
}

/**
 * The same of a Symmetrically Encrypted Integrity Protected Data packet of version 2.
 * https://www.rfc-editor.org/rfc/rfc9580#section-5.13.2
 */
export async function* openProtected2(
  body: AsyncIterable<Bytes>,
  keys: readonly SessionKey[],
): AsyncGenerator<Bytes> {
  const reader = new ByteReader(body);
  const head = await reader.bytes(3);
  const { cipher, mode, chunkBytes } = readParameters(head);
  const salt = await reader.bytes(SALT_BYTES);
  const bound = Buffer.from([0xc0 | TAG.protected, 2, ...head]);
  const open: Scheme['open'] = ({ key }) => {
    const half = mode.nonceBytes - 8;
    const derived = Buffer.from(hkdfSync('sha256', key, salt, bound, cipher.keyBytes + half));
    const start = Buffer.concat([derived.subarray(cipher.keyBytes), Buffer.alloc(8)]);
    return { key: derived.subarray(0, cipher.keyBytes), nonceOf: (index) => mixed(start, index) };
  };
  yield* openChunks(reader, { cipher, mode, chunkBytes, bound, open }, { keys, countsChunks: false });
}

function readParameters(head: Buffer): Pick<Scheme, 'cipher' | 'mode' | 'chunkBytes'> {
  const [algorithm = 0, modeNumber = 0, octet = 0] = head;
  const cipher = cipherOf(algorithm);
  const mode = MODES[modeNumber];
  if (mode === undefined || cipher.blockBytes !== 16)
    throw unsupported(`its authenticated encryption, number ${modeNumber}, is not supported; use OCB`);
  if (octet > LARGEST_CHUNK_OCTET) throw unsupported('its chunks are larger than 4 MiB');
  return { cipher, mode, chunkBytes: 2 ** (octet + 6) };
}

/** The number of a chunk changes the last eight bytes of its nonce. */
function mixed(start: Buffer, index: bigint): Buffer {
  const nonce = Buffer.from(start);
  const at = nonce.length - 8;
  nonce.writeBigUInt64BE(nonce.readBigUInt64BE(at) ^ index, at);
  return nonce;
}

interface Opening {
  readonly keys: readonly SessionKey[];
  /** Whether chunks are bound to their numbers beside their nonces. */
  readonly countsChunks: boolean;
}

async function* openChunks(
  reader: ByteReader,
  scheme: Scheme,
  { keys, countsChunks }: Opening,
): AsyncGenerator<Bytes> {
  const { bound, chunkBytes } = scheme;
  const number = (value: bigint): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(value);
    return bytes;
  };
  const bindingOf = (index: bigint): Buffer => (countsChunks ? Buffer.concat([bound, number(index)]) : bound);
  let candidates = keys.filter(({ key }) => key.length === scheme.cipher.keyBytes);
  let index = 0n;
  let total = 0n;
  // The last tag of all follows the last chunk, so that as much must be read ahead.
  const room = Buffer.allocUnsafeSlow(chunkBytes + 2 * TAG_BYTES);
  let count = await reader.fill(room);
  while (count > TAG_BYTES) {
    const chunk = room.subarray(0, Math.min(chunkBytes + TAG_BYTES, count - TAG_BYTES));
    const piece = { chunk, nonce: index, binding: bindingOf(index) };
    const opened = openWithAny(scheme, candidates, piece);
    candidates = [opened.key];
    index += 1n;
    for (const plain of opened.plain) {
      total += BigInt(plain.length);
      yield plain;
      discard(plain);
    }
    room.copyWithin(0, chunk.length, count);
    count -= chunk.length;
    count += await reader.fill(room.subarray(count));
  }
  const binding = Buffer.concat([bindingOf(index), number(total)]);
  openWithAny(scheme, candidates, { chunk: room.subarray(0, count), nonce: index, binding });
}

interface Piece {
  /** Ciphertext, then its tag. */
  readonly chunk: Buffer;
  readonly nonce: bigint;
  readonly binding: Buffer;
}

function openWithAny(
  scheme: Scheme,
  keys: readonly SessionKey[],
  { chunk, nonce, binding }: Piece,
): { readonly key: SessionKey; readonly plain: readonly Buffer[] } {
  if (chunk.length < TAG_BYTES) throw damaged('the message ends too early');
  for (const key of keys) {
    const opened = scheme.open(key);
    const algorithm = `${scheme.cipher.name}-${scheme.mode.name}` as 'aes-256-ocb';
    const decipher = createDecipheriv(algorithm, opened.key, opened.nonceOf(nonce), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(binding, { plaintextLength: chunk.length - TAG_BYTES });
    decipher.setAuthTag(chunk.subarray(-TAG_BYTES));
    const plain = decipher.update(chunk.subarray(0, -TAG_BYTES));
    try {
      return { key, plain: [plain, decipher.final()] };
    } catch {
      // Not under this key, if under any.
    }
  }
  throw damaged('the message was changed, or it is not whole: its integrity check fails');
}
