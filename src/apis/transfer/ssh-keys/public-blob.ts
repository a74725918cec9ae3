import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { bytesField, integerField, SshReader } from './ssh-fields.ts';
import { SshKeyError } from './ssh-key-error.ts';

/** Names of SSH for the curves that JSON Web Keys call so. */
const CURVES: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  'P-256': { name: 'nistp256', bytes: 32 },
  'P-384': { name: 'nistp384', bytes: 48 },
  'P-521': { name: 'nistp521', bytes: 66 },
};

const UNCOMPRESSED = 4;
const ED25519 = 'ssh-ed25519';
const RSA = 'ssh-rsa';

/** A public key as SSH transports it (RFC 4253, 5656, 8709), with what Node makes of it. */
export interface PublicBlob {
  /** For example `ssh-ed25519`. */
  readonly type: string;
  readonly blob: Buffer;
  readonly key: KeyObject;
}

/** Throws `SshKeyError` for what is not exactly one public key of a known type. */
export function readPublicBlob(blob: Buffer): PublicBlob {
  const reader = new SshReader(blob);
  const type = reader.text();
  const jwk = readFields(type, reader);
  if (reader.rest().length > 0) throw new SshKeyError('there is more behind the key');
  return { type, blob, key: publicKeyOf(jwk) };
}

/** The fields behind the type's name, also where they begin a private key. */
export function readFields(type: string, reader: SshReader): JsonWebKey {
  if (type === ED25519) return { kty: 'OKP', crv: 'Ed25519', x: base64url(reader.bytes()) };
  if (type === RSA) {
    const [e, n] = [reader.shortestInteger(), reader.shortestInteger()];
    if (!isOdd(e) || !isOdd(n) || e.equals(Buffer.of(1))) throw new SshKeyError('its numbers make no key');
    return { kty: 'RSA', n: base64url(n), e: base64url(e) };
  }
  const [crv, curve] = Object.entries(CURVES).find(([, { name }]) => type === `ecdsa-sha2-${name}`) ?? [];
  if (crv === undefined || curve === undefined) throw new SshKeyError(`keys of type ${type} are not taken`);
  if (reader.text() !== curve.name) throw new SshKeyError('the curve is not that of the type');
  return { kty: 'EC', crv, ...readPoint(reader.bytes(), curve.bytes) };
}

const isOdd = (bytes: Buffer): boolean => ((bytes.at(-1) ?? 0) & 1) === 1;

function readPoint(point: Buffer, size: number): JsonWebKey {
  if (point.length !== 1 + 2 * size || point[0] !== UNCOMPRESSED)
    throw new SshKeyError('the point is not of its curve');
  return { x: base64url(point.subarray(1, 1 + size)), y: base64url(point.subarray(1 + size)) };
}

/** Undefined for keys of other types than those of SSH. */
export function publicBlobOf(key: KeyObject): PublicBlob | undefined {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const fields = fieldsOf(publicKey);
  if (fields === undefined) return undefined;
  const [type, ...values] = fields;
  return { type, blob: Buffer.concat([bytesField(type), ...values]), key: publicKey };
}

function fieldsOf(key: KeyObject): readonly [type: string, ...values: Buffer[]] | undefined {
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return [ED25519, bytesField(decoded(key.export({ format: 'jwk' }).x))];
    case 'rsa': {
      const { e, n } = key.export({ format: 'jwk' });
      return [RSA, integerField(decoded(e)), integerField(decoded(n))];
    }
    case 'ec':
      return pointFields(key);
    default:
      return undefined;
  }
}

function pointFields(key: KeyObject): readonly [type: string, ...values: Buffer[]] | undefined {
  // Curves that JSON Web Keys do not know cannot be exported so.
  if (!['prime256v1', 'secp384r1', 'secp521r1'].includes(key.asymmetricKeyDetails?.namedCurve ?? ''))
    return undefined;
  const { crv, x, y } = key.export({ format: 'jwk' });
  const curve = CURVES[crv ?? ''];
  if (curve === undefined) return undefined;
  const point = Buffer.concat([Buffer.of(UNCOMPRESSED), decoded(x), decoded(y)]);
  return [`ecdsa-sha2-${curve.name}`, bytesField(curve.name), bytesField(point)];
}

/** `SHA256:` and base64 without padding, as `ssh-keygen -l` prints it. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

function publicKeyOf(jwk: JsonWebKey): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    throw new SshKeyError('its numbers make no key');
  }
}

export const base64url = (bytes: Buffer): string => bytes.toString('base64url');
export const decoded = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');
