import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { base64url, decoded, readFields, readPublicBlob } from './public-blob.ts';
import { bytesField, SshReader, uint32Field } from './ssh-fields.ts';
import { SshKeyError } from './ssh-key-error.ts';

const BEGIN = '-----BEGIN OPENSSH PRIVATE KEY-----';
const END = '-----END OPENSSH PRIVATE KEY-----';
const MAGIC = 'openssh-key-v1\0';
const LINE_LENGTH = 70;
const BLOCK = 8;

/**
 * Reads the form that `ssh-keygen` writes (PROTOCOL.key of OpenSSH), without passphrase. Throws `SshKeyError`.
 */
export function readOpensshKey(text: string): KeyObject {
  const [begin, ...lines] = text.trim().split(/\r?\n/);
  if (begin !== BEGIN || lines.pop() !== END) throw new SshKeyError('not one private key of OpenSSH');
  const bytes = Buffer.from(lines.join(''), 'base64');
  if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC)
    throw new SshKeyError('not of the form openssh-key-v1');
  const reader = new SshReader(bytes.subarray(MAGIC.length));
  const [cipher, derivation] = [reader.text(), reader.text()];
  if (cipher !== 'none' || derivation !== 'none') throw new SshKeyError('it has a passphrase');
  reader.bytes();
  if (reader.uint32() !== 1) throw new SshKeyError('not exactly one key');
  const { type } = readPublicBlob(reader.bytes());
  return readPrivatePart(type, new SshReader(reader.bytes()));
}

function readPrivatePart(type: string, reader: SshReader): KeyObject {
  const check = reader.uint32();
  if (reader.uint32() !== check) throw new SshKeyError('its check numbers differ');
  if (reader.text() !== type) throw new SshKeyError('its two parts are of different types');
  try {
    return createPrivateKey({ key: readJwk(type, reader), format: 'jwk' });
  } catch (error) {
    throw error instanceof SshKeyError ? error : new SshKeyError('its numbers make no key');
  }
}

function readJwk(type: string, reader: SshReader): JsonWebKey {
  if (type === 'ssh-rsa') return readRsa(reader);
  const fields = readFields(type, reader);
  if (fields.kty === 'OKP') return { ...fields, d: base64url(reader.bytes().subarray(0, 32)) };
  const size = decoded(fields.x).length;
  return { ...fields, d: base64url(padded(reader.integer(), size)) };
}

/** Modulus and exponent stand in the other order than in the public part. */
function readRsa(reader: SshReader): JsonWebKey {
  const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => reader.integer()) as [Buffer, ...Buffer[]];
  const [exponent, one, other] = [toNumber(d), toNumber(p), toNumber(q)];
  if (one < 2n || other < 2n) throw new SshKeyError('its numbers make no key');
  const numbers = {
    n,
    e,
    d,
    qi,
    p,
    q,
    dp: toBytes(exponent % (one - 1n)),
    dq: toBytes(exponent % (other - 1n)),
  };
  return {
    kty: 'RSA',
    ...Object.fromEntries(
      Object.entries(numbers).map(([name, bytes]) => [name, base64url(bytes ?? Buffer.alloc(0))]),
    ),
  };
}

const toNumber = (bytes: Buffer | undefined): bigint => BigInt(`0x${bytes?.toString('hex') || '0'}`);

function toBytes(number: bigint): Buffer {
  const digits = number.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
}

const padded = (bytes: Buffer, size: number): Buffer =>
  Buffer.concat([Buffer.alloc(Math.max(0, size - bytes.length)), bytes]);

/** Writes an Ed25519 key: programs of SSH know no other form for it. */
export function printOpensshKey(key: KeyObject, blob: Buffer): string {
  const { x, d } = key.export({ format: 'jwk' });
  // Two equal numbers tell a reader that it has decrypted well; nothing is encrypted here.
  const check = uint32Field(0);
  const secret = Buffer.concat([decoded(d), decoded(x)]);
  const fields = [check, check, bytesField('ssh-ed25519'), bytesField(decoded(x)), bytesField(secret)];
  const bytes = Buffer.concat([
    Buffer.from(MAGIC, 'latin1'),
    bytesField('none'),
    bytesField('none'),
    bytesField(''),
    uint32Field(1),
    bytesField(blob),
    bytesField(withPadding(Buffer.concat([...fields, bytesField('')]))),
  ]);
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return [BEGIN, ...lines, END].join('\n');
}

/** Bytes 1, 2, 3 … up to a whole block. */
function withPadding(bytes: Buffer): Buffer {
  const missing = (BLOCK - (bytes.length % BLOCK)) % BLOCK;
  return Buffer.concat([bytes, Buffer.from(Array.from({ length: missing }, (_, at) => at + 1))]);
}
