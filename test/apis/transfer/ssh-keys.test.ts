import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPrivateKey } from '../../../src/apis/transfer/ssh-keys/private-key.ts';
import { fingerprintOf } from '../../../src/apis/transfer/ssh-keys/public-blob.ts';
import { readPublicKey } from '../../../src/apis/transfer/ssh-keys/public-key.ts';
import { SshKeyError } from '../../../src/apis/transfer/ssh-keys/ssh-key-error.ts';
import { ssh2 } from '../../../src/sftp/ssh/ssh2.ts';
import { createRandom } from '../../fuzz/mutate.ts';
import { HOST_KEYS, USER_KEYS } from '../../sdk/transfer/transfer-client.ts';
import { keyPair } from '../../support/sftp-server.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

const SMALLEST = 2048;
const isMissing = spawnSync('ssh-keygen', ['-?']).error !== undefined;

const KINDS = [
  ['rsa', '2048', 'ssh-rsa'],
  ['rsa', '3072', 'ssh-rsa'],
  ['ecdsa', '256', 'ecdsa-sha2-nistp256'],
  ['ecdsa', '384', 'ecdsa-sha2-nistp384'],
  ['ecdsa', '521', 'ecdsa-sha2-nistp521'],
  ['ed25519', '256', 'ssh-ed25519'],
] as const;
/** OpenSSH's own form, the older PEM, and PKCS #8. */
const FORMS = ['RFC4716', 'PEM', 'PKCS8'] as const;

test('keys of ssh-keygen are read as it reads them, in every form', {
  skip: isMissing && 'ssh-keygen is not installed',
}, async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const run = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('ssh-keygen', args, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout;
  };
  for (const [kind, bits, type] of KINDS) {
    for (const form of FORMS) {
      const file = join(directory.path, `${kind}${bits}${form}`);
      run('-q', '-t', kind, '-b', bits, '-m', form, '-N', '', '-C', 'a comment', '-f', file);
      const fingerprint = run('-l', '-f', `${file}.pub`).split(' ')[1];
      const key = readPrivateKey(readFileSync(file, 'utf8'));
      assert.deepEqual([key.type, key.fingerprint], [type, fingerprint]);
      const line = readPublicKey(readFileSync(`${file}.pub`, 'utf8'), SMALLEST);
      assert.deepEqual([line.type, fingerprintOf(line.blob)], [type, fingerprint]);
      const parsed = ssh2.utils.parseKey(key.text);
      assert.ok(!(parsed instanceof Error), `${kind} ${form}: ${parsed}`);
      assert.equal(parsed.type, type);
      assert.deepEqual(readPrivateKey(key.text), key);
    }
  }
  const locked = join(directory.path, 'locked');
  for (const form of FORMS) {
    run('-q', '-t', 'ecdsa', '-m', form, '-N', 'passphrase', '-f', `${locked}${form}`);
    assert.throws(() => readPrivateKey(readFileSync(`${locked}${form}`, 'utf8')), SshKeyError);
  }
  const converted = run('-e', '-f', `${locked}PEM.pub`);
  assert.match(converted, /^---- BEGIN SSH2 PUBLIC KEY ----/);
  assert.throws(() => readPublicKey(converted, SMALLEST), SshKeyError);
});

test('private keys with needless zeros before their numbers are read, as by ssh-keygen', () => {
  // ssh2 puts a zero before the number of each such key.
  const { private: text, public: publicLine } = keyPair('ecdsa521');
  const { blob } = readPublicKey(publicLine, SMALLEST);
  assert.equal(readPrivateKey(text).fingerprint, fingerprintOf(blob));
});

const field = (bytes: Buffer | string): Buffer => {
  const content = Buffer.from(bytes as string, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
};
const line = (type: string, ...fields: (Buffer | string)[]): string =>
  `${type} ${Buffer.concat([field(type), ...fields.map(field)]).toString('base64')}`;
const modulus = (bits: number): Buffer => Buffer.concat([Buffer.of(0), Buffer.alloc(bits / 8, 0xff)]);
const EXPONENT = Buffer.of(1, 0, 1);
const [, base64 = ''] = USER_KEYS.ed25519.split(' ');

/** The last character before the padding has bits that stand for nothing; they must be zero. */
function leftOver(text: string): string {
  assert.match(text, /[AQgw]==/);
  return text.replace(/.==/, 'B==');
}

const NO_KEYS: Readonly<Record<string, string>> = {
  empty: '',
  'only a type': 'ssh-ed25519',
  'no base64': 'ssh-ed25519 !!!!',
  'a type that is not that of the key': `ssh-rsa ${base64}`,
  'options before the type': `no-pty ssh-ed25519 ${base64}`,
  'two lines': `${USER_KEYS.ed25519}\n${USER_KEYS.ed25519}`,
  'a certificate': line('ssh-ed25519-cert-v01@openssh.com', Buffer.alloc(32), Buffer.alloc(32)),
  DSA: line('ssh-dss', Buffer.alloc(20, 1)),
  'a security key': line('sk-ssh-ed25519@openssh.com', Buffer.alloc(32), 'ssh:'),
  'too few bytes': line('ssh-ed25519', Buffer.alloc(31)),
  'too many bytes': line('ssh-ed25519', Buffer.alloc(33)),
  'something behind the key': line('ssh-ed25519', Buffer.alloc(32), 'more'),
  'a field that is longer than the key': `ssh-ed25519 ${Buffer.concat([field('ssh-ed25519'), Buffer.of(255, 255, 255, 255)]).toString('base64')}`,
  'a short modulus': line('ssh-rsa', EXPONENT, modulus(1024)),
  'a negative modulus': line('ssh-rsa', EXPONENT, Buffer.alloc(256, 0xff)),
  'a modulus with needless zeros': line('ssh-rsa', EXPONENT, Buffer.concat([Buffer.of(0), modulus(2048)])),
  'an exponent of one': line('ssh-rsa', Buffer.of(1), modulus(2048)),
  'an even exponent': line('ssh-rsa', Buffer.of(2), modulus(2048)),
  'an even modulus': line(
    'ssh-rsa',
    EXPONENT,
    Buffer.concat([modulus(2048).subarray(0, -1), Buffer.of(254)]),
  ),
  'no modulus': line('ssh-rsa', EXPONENT, ''),
  'another curve than the type says': line('ecdsa-sha2-nistp256', 'nistp384', Buffer.alloc(65, 4)),
  'a point that is not on the curve': line('ecdsa-sha2-nistp256', 'nistp256', Buffer.alloc(65, 4)),
  'a compressed point': line('ecdsa-sha2-nistp256', 'nistp256', Buffer.alloc(33, 2)),
  'base64 with bits left over': leftOver(USER_KEYS.ecdsa),
};

test('what is no public key is refused', () => {
  for (const [what, text] of Object.entries(NO_KEYS))
    assert.throws(() => readPublicKey(text, SMALLEST), SshKeyError, what);
});

test('comments and white space do not matter', () => {
  const { blob } = readPublicKey(USER_KEYS.ed25519, SMALLEST);
  for (const text of [
    `ssh-ed25519 ${base64}`,
    `  ssh-ed25519\t${base64}  \r\n`,
    `ssh-ed25519 ${base64} a comment with "quotes" ü`,
  ])
    assert.ok(readPublicKey(text, SMALLEST).blob.equals(blob));
});

const pem = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }));

test('private keys that hosts cannot have are refused', () => {
  const made = [
    generateKeyPairSync('rsa', { modulusLength: 1024 }),
    generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
    generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
    generateKeyPairSync('ed448'),
    generateKeyPairSync('x25519'),
  ];
  for (const { privateKey } of made) assert.throws(() => readPrivateKey(pem(privateKey)), SshKeyError);
  const { publicKey } = generateKeyPairSync('ed25519');
  for (const text of ['', 'x', String(publicKey.export({ type: 'spki', format: 'pem' }))])
    assert.throws(() => readPrivateKey(text), SshKeyError);
});

/** Changes a few characters, or takes a piece away. */
function damaged(random: () => number, text: string): string {
  const at = Math.floor(random() * text.length);
  if (random() < 0.3) return text.slice(0, at) + text.slice(at + Math.ceil(random() * 20));
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\n -';
  return text.slice(0, at) + letters[Math.floor(random() * letters.length)] + text.slice(at + 1);
}

test('damaged keys are refused, or are keys all the same', () => {
  const random = createRandom(1);
  for (let round = 0; round < 1500; round++) {
    const host = round % 2 === 0 ? HOST_KEYS.ed25519 : HOST_KEYS.ecdsa;
    const user = [USER_KEYS.ed25519, USER_KEYS.ecdsa, USER_KEYS.rsa][round % 3] ?? '';
    for (const read of [
      () => readPrivateKey(damaged(random, host)),
      () => readPublicKey(damaged(random, user), SMALLEST),
    ]) {
      try {
        read();
      } catch (error) {
        assert.ok(error instanceof SshKeyError, String(error));
      }
    }
  }
});
