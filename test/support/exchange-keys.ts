import assert from 'node:assert/strict';
import {
  createECDH,
  createHash,
  createPublicKey,
  decapsulate,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import { FieldReader } from '../../src/sftp/packets/field-reader.ts';
import { FieldWriter } from '../../src/sftp/packets/field-writer.ts';
import { IMPLEMENTED } from '../../src/sftp/ssh/algorithms.ts';
import { field, type RawSsh } from './raw-ssh.ts';
import { serveSftp } from './sftp-server.ts';

export const GROUP_EXCHANGE = 'diffie-hellman-group-exchange-sha256';
export const FAILED = 3;
export const BY_APPLICATION = 11;

/** One half of a hybrid as the client does it: what it sends, and what it makes of the answer. */
export interface Half {
  readonly share: Buffer;
  readonly answerBytes: number;
  secret(answer: Buffer): Buffer;
}

export function mlKem(type: 'ml-kem-768' | 'ml-kem-1024'): Half {
  const [bytes, answerBytes] = type === 'ml-kem-768' ? [1184, 1088] : [1568, 1568];
  // The types know one name at a time.
  const { publicKey, privateKey } = generateKeyPairSync(type as 'ml-kem-768');
  const share = publicKey.export({ type: 'spki', format: 'der' }).subarray(-bytes);
  return { share, answerBytes, secret: (answer) => decapsulate(privateKey, answer) };
}

export function x25519(): Half {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const whole = publicKey.export({ type: 'spki', format: 'der' });
  const [start, share] = [whole.subarray(0, -32), whole.subarray(-32)];
  const key = (answer: Buffer) =>
    createPublicKey({ key: Buffer.concat([start, answer]), type: 'spki', format: 'der' });
  return {
    share,
    answerBytes: 32,
    secret: (answer) => diffieHellman({ privateKey, publicKey: key(answer) }),
  };
}

function nist(curve: string): Half {
  const keys = createECDH(curve);
  const share = keys.generateKeys();
  return { share, answerBytes: share.length, secret: (answer) => keys.computeSecret(answer) };
}

export const HYBRIDS = {
  'mlkem768x25519-sha256': { hash: 'sha256', halves: () => [mlKem('ml-kem-768'), x25519()] },
  'mlkem768nistp256-sha256': { hash: 'sha256', halves: () => [mlKem('ml-kem-768'), nist('prime256v1')] },
  'mlkem1024nistp384-sha384': { hash: 'sha384', halves: () => [mlKem('ml-kem-1024'), nist('secp384r1')] },
} as const;

export const init = (share: Uint8Array, type = 30): Buffer =>
  new FieldWriter(type).string(share).packet().subarray(4);
export const request = (least: number, preferred: number, most: number): Buffer =>
  new FieldWriter(34).uint32(least).uint32(preferred).uint32(most).packet().subarray(4);

/** As draft-ietf-sshm-mlkem-hybrid-kex says. */
export async function exchangeHybrid(
  client: RawSsh,
  name: keyof typeof HYBRIDS,
  beforeNewKeys: () => void = () => {},
): Promise<void> {
  const { hash } = HYBRIDS[name];
  const [quantum, classical] = HYBRIDS[name].halves() as [Half, Half];
  const share = Buffer.concat([quantum.share, classical.share]);
  client.send(init(share));
  const reply = new FieldReader((await client.receive()) ?? Buffer.alloc(0));
  assert.equal(reply.byte(), 31);
  const [hostKey, answer, signature] = [reply.string(), reply.string(), reply.string()];
  assert.ok(reply.isAtEnd);
  assert.equal(answer.length, quantum.answerBytes + classical.answerBytes);
  const secrets = [
    quantum.secret(answer.subarray(0, quantum.answerBytes)),
    classical.secret(answer.subarray(quantum.answerBytes)),
  ];
  const secret = createHash(hash).update(Buffer.concat(secrets)).digest();
  beforeNewKeys();
  await client.take(
    { hash, signed: Buffer.concat([field(share), field(answer)]), secret },
    hostKey,
    signature,
  );
}

export const big = (bytes: Buffer): bigint => BigInt(`0x0${bytes.toString('hex')}`);

/** As RFC 4253 writes numbers that are not negative. */
export function numberOf(value: bigint): Buffer {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Buffer.from(even >= '8' ? `00${even}` : even, 'hex');
}

export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

/** As RFC 4419 says; gives the size of the group. */
export async function exchangeInGroup(
  client: RawSsh,
  sizes: readonly [number, number, number],
): Promise<number> {
  client.send(request(...sizes));
  const group = new FieldReader((await client.receive()) ?? Buffer.alloc(0));
  assert.equal(group.byte(), 31);
  const [prime, generator] = [group.string(), group.string()];
  const [modulus, exponent] = [big(prime), big(randomBytes(40))];
  const share = numberOf(power(big(generator), exponent, modulus));
  client.send(init(share, 32));
  const reply = new FieldReader((await client.receive()) ?? Buffer.alloc(0));
  assert.equal(reply.byte(), 33);
  const [hostKey, answer, signature] = [reply.string(), reply.string(), reply.string()];
  const signed = Buffer.concat([
    request(...sizes).subarray(1),
    ...[prime, generator, share, answer].map(field),
  ]);
  await client.take(
    { hash: 'sha256', signed, secret: numberOf(power(big(answer), exponent, modulus)) },
    hostKey,
    signature,
  );
  return modulus.toString(2).length;
}

export const serve = (...keyExchanges: readonly string[]) =>
  serveSftp({ settings: { algorithms: { ...IMPLEMENTED, keyExchanges } } });
