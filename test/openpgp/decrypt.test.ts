import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unarmor } from 'openpgp';
import { decrypt, inPieces, key, message, plain, reasonOf } from './fixtures.ts';

const binary = async (name: string): Promise<Buffer> => {
  const { data } = await unarmor(message(name).toString());
  return Buffer.from(data as Uint8Array);
};

for (const name of ['rsa', 'nistp256', 'nistp521', 'brainpool', 'cv25519'])
  test(`a message for a key of type ${name}`, async () => {
    assert.deepEqual(await decrypt(message(name), [key(name)]), plain);
    assert.deepEqual(await decrypt(await binary(name), [key(name)]), plain);
  });

for (const name of ['none', 'zip', 'zlib', 'bzip2', 'tripledes', 'signed', 'both'])
  test(`a message made with ${name}`, async () => {
    assert.deepEqual(await decrypt(message(name)), plain);
  });

test('messages cut into pieces anywhere', async () => {
  for (const bytes of [message('zip'), await binary('bzip2')])
    for (const size of [1, 2, 3, 17, 64, 65, 100, 1000])
      assert.deepEqual(await decrypt(inPieces(bytes, size)), plain, `${size}`);
});

test('text before and behind the armor, other line ends and headers are no matter', async () => {
  const armored = message('zip').toString();
  const [, head = '', body = ''] = /^(.*?\n)\n(.*)$/s.exec(armored) ?? [];
  const shapes = [
    `Dear colleague,\nhere it is:\n\n${armored}\nYours\n`,
    armored.replaceAll('\n', '\r\n'),
    `${head}Comment: none\nVersion: 1\n \n${body}`,
    `\n\n${armored}`,
    armored.replace(/\n=[^\n]+\n/, '\n'),
    armored.trimEnd(),
  ];
  for (const shape of shapes) assert.deepEqual(await decrypt(Buffer.from(shape)), plain, shape);
});

test('the third of three keys fits', async () => {
  const keys = [key('rsa'), key('nistp256'), key('cv25519')];
  assert.deepEqual(await decrypt(message('cv25519'), keys), plain);
});

test('each of several recipients can read it', async () => {
  for (const name of ['nistp521', 'brainpool', 'cv25519'])
    assert.deepEqual(await decrypt(message('several'), [key('rsa'), key(name)]), plain, name);
});

test('hidden recipients are tried', async () => {
  assert.deepEqual(await decrypt(message('hidden'), [key('brainpool'), key('cv25519')]), plain);
  assert.deepEqual(await decrypt(message('hidden'), [key('nistp256')]), plain);
  assert.equal(reasonOf(await decrypt(message('hidden'), [key('brainpool'), key('nistp521')])), 'no-key');
});

test('two keys in one armored block', async () => {
  const both = await Promise.all(
    ['nistp256', 'brainpool'].map(async (name) => (await unarmor(key(name).privateKey)).data as Uint8Array),
  );
  const body = Buffer.concat(both).toString('base64').replace(/.{64}/g, '$&\n');
  const privateKey = `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${body}\n-----END PGP PRIVATE KEY BLOCK-----\n`;
  for (const name of ['nistp256', 'brainpool'])
    assert.deepEqual(await decrypt(message(name), [{ privateKey }]), plain, name);
});

test('why it cannot be decrypted', async () => {
  const wrong = [key('cv25519', 'wrong')];
  const without = [{ privateKey: key('cv25519').privateKey }];
  const broken = [{ privateKey: 'no key at all' }];
  const cases: readonly (readonly [string, string, Parameters<typeof decrypt>[1]])[] = [
    ['no-key', 'cv25519', [key('rsa'), key('nistp256')]],
    ['no-key', 'cv25519', []],
    ['no-key', 'cv25519', broken],
    ['no-key', 'password', [key('cv25519')]],
    ['wrong-passphrase', 'cv25519', wrong],
    ['wrong-passphrase', 'cv25519', without],
    ['wrong-passphrase', 'rsa', [key('rsa', 'wrong'), key('cv25519')]],
    ['wrong-passphrase', 'hidden', wrong],
    ['damaged', 'unprotected', [key('cv25519')]],
    ['unsupported', 'cast5', [key('cv25519')]],
    ['unsupported', 'camellia', [key('cv25519')]],
    ['not-a-message', 'plainsigned', [key('cv25519')]],
  ];
  for (const [reason, name, keys] of cases)
    assert.equal(reasonOf(await decrypt(message(name), keys)), reason, `${name} for ${reason}`);
  // Another recipient's key may still open it.
  assert.deepEqual(await decrypt(message('hidden'), [...wrong, key('nistp256')]), plain);
});

test('keys that cannot be read are told of when no other fits', async () => {
  const broken = { privateKey: key('cv25519').privateKey.replaceAll('\n', ' ') };
  const outcome = await decrypt(message('cv25519'), [key('rsa'), broken]);
  assert.match(String(outcome), /1 of the keys cannot be read as armored private keys/);
  assert.deepEqual(await decrypt(message('cv25519'), [broken, key('cv25519')]), plain);
});

test('errors tell neither passphrase nor key', async () => {
  for (const keys of [[key('cv25519', 'wrong horse')], [key('rsa', 'wrong horse')]]) {
    const outcome = await decrypt(message('cv25519'), keys);
    assert.ok(outcome instanceof Error);
    const { stack = '', message: said } = outcome;
    for (const shown of [stack, said, JSON.stringify(outcome)]) assert.ok(!/horse|BEGIN/.test(shown), shown);
  }
});

test('what is no message at all', async () => {
  const texts = ['', '\n', 'hello', '{"a":1}', 'x'.repeat(200_000), key('rsa').privateKey];
  for (const text of texts)
    assert.equal(reasonOf(await decrypt(Buffer.from(text))), 'not-a-message', text.slice(0, 40));
  const bytes = [Buffer.from([0x99]), Buffer.from([0xff, 0xff, 0xff]), Buffer.alloc(100, 0xc0)];
  for (const junk of bytes) assert.match(reasonOf(await decrypt(junk)), /not-a-message|damaged/);
});
