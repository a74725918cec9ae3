import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { decrypt } from './fixtures.ts';

const hasGnupg = spawnSync('gpg', ['--version']).status === 0;
const skip = hasGnupg ? false : 'gpg is not installed';
/** Newer ones want to be told that ciphers with blocks of 64 bits are meant. */
const OLD_CIPHERS = ['--allow-old-cipher-algos'].filter((option) =>
  String(spawnSync('gpg', ['--dump-options']).stdout).includes(option),
);

/** GnuPG with a home of its own, which ends with the test. */
async function openGnupg(t: TestContext) {
  const { path, remove } = await makeTemporaryDirectory();
  const run = (...parameters: readonly string[]): Buffer => {
    const all = [
      '--homedir',
      path,
      '--batch',
      '--yes',
      '--quiet',
      '--pinentry-mode',
      'loopback',
      '--passphrase',
      '',
    ];
    const { status, stdout, stderr } = spawnSync('gpg', [...all, '--trust-model', 'always', ...parameters]);
    assert.equal(status, 0, String(stderr));
    return stdout;
  };
  t.after(async () => {
    spawnSync('gpgconf', ['--homedir', path, '--kill', 'all']);
    await remove();
  });
  return { path, run };
}

const contents: Readonly<Record<string, Buffer>> = {
  empty: Buffer.alloc(0),
  random: randomBytes(3_000_001),
  zeros: Buffer.alloc(2_500_000),
  'every byte': Buffer.from(Array.from({ length: 100_000 }, (_, index) => index & 0xff)),
  text: Buffer.from(
    Array.from({ length: 60_000 }, (_, index) => `${index} invoice;${index % 97}\n`).join(''),
  ),
  'one block and a bit': Buffer.concat([randomBytes(900_000), Buffer.alloc(1000, 'ab')]),
  runs: Buffer.concat(Array.from({ length: 3000 }, (_, index) => Buffer.alloc(index % 300, index))),
};

test('what gpg encrypts now, in every compression, armored and not', { skip }, async (t) => {
  const { path, run } = await openGnupg(t);
  run('--quick-gen-key', 'Test <test@example.org>', 'rsa2048', 'encr,sign', 'never');
  const keys = [{ privateKey: run('--armor', '--export-secret-keys').toString() }];
  const file = join(path, 'content');
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(file, content);
    for (const compression of ['none', 'zip', 'zlib', 'bzip2']) {
      const armor = compression === 'zlib' ? ['--armor'] : [];
      run(
        '-e',
        '-r',
        'test',
        '--openpgp',
        ...armor,
        '--compress-algo',
        compression,
        '-o',
        `${file}.gpg`,
        file,
      );
      const outcome = await decrypt(await readFile(`${file}.gpg`), keys);
      assert.ok(Buffer.isBuffer(outcome), `${name} ${compression}: ${outcome}`);
      assert.ok(outcome.equals(content), `${name} ${compression}`);
    }
  }
});

test('a message for a key of Elgamal', { skip }, async (t) => {
  const { path, run } = await openGnupg(t);
  const [primary, subkey] = ['Key-Type: DSA\nKey-Length: 1024', 'Subkey-Type: ELG-E\nSubkey-Length: 1024'];
  const wanted = `%no-protection\n${primary}\n${subkey}\nName-Email: test@example.org\n%commit\n`;
  await writeFile(join(path, 'wanted'), wanted);
  run('--gen-key', join(path, 'wanted'));
  const keys = [{ privateKey: run('--armor', '--export-secret-keys').toString() }];
  const file = join(path, 'content');
  const content = randomBytes(10_000);
  await writeFile(file, content);
  run('-e', '-r', 'test', '-o', `${file}.gpg`, file);
  assert.deepEqual(await decrypt(await readFile(`${file}.gpg`), keys), content);
});

test('a message in text mode keeps the ends of its lines', { skip }, async (t) => {
  const { path, run } = await openGnupg(t);
  run('--quick-gen-key', 'Test <test@example.org>', 'rsa2048', 'encr,sign', 'never');
  const keys = [{ privateKey: run('--armor', '--export-secret-keys').toString() }];
  const file = join(path, 'content');
  await writeFile(file, 'one\ntwo\n');
  run('-e', '-r', 'test', '--textmode', '-o', `${file}.gpg`, file);
  assert.equal(String(await decrypt(await readFile(`${file}.gpg`), keys)), 'one\r\ntwo\r\n');
});

test('every cipher of gpg that is supported, and the others by name', { skip }, async (t) => {
  const { path, run } = await openGnupg(t);
  run('--quick-gen-key', 'Test <test@example.org>', 'rsa2048', 'encr,sign', 'never');
  const keys = [{ privateKey: run('--armor', '--export-secret-keys').toString() }];
  const file = join(path, 'content');
  const content = randomBytes(200_003);
  await writeFile(file, content);
  const encrypted = async (cipher: string) => {
    run(...OLD_CIPHERS, '-e', '-r', 'test', '--cipher-algo', cipher, '-o', `${file}.gpg`, file);
    return decrypt(await readFile(`${file}.gpg`), keys);
  };
  for (const cipher of ['3DES', 'AES', 'AES192', 'AES256'])
    assert.deepEqual(await encrypted(cipher), content, cipher);
  for (const cipher of ['CAST5', 'Blowfish', 'Twofish'])
    assert.match(
      String(await encrypted(cipher)),
      new RegExp(`its cipher ${cipher} is not supported; use AES`),
    );
});

test('a signed message from a pipe, whose length gpg does not know', { skip }, async (t) => {
  const { path, run } = await openGnupg(t);
  run('--quick-gen-key', 'Test <test@example.org>', 'rsa2048', 'encr,sign', 'never');
  const keys = [{ privateKey: run('--armor', '--export-secret-keys').toString() }];
  const content = contents.random ?? Buffer.alloc(0);
  const parameters = [
    '--homedir',
    path,
    '--batch',
    '--quiet',
    '--trust-model',
    'always',
    '-e',
    '-s',
    '-r',
    'test',
  ];
  const { stdout } = spawnSync('gpg', parameters, { input: content, maxBuffer: 10_000_000 });
  assert.deepEqual(await decrypt(stdout, keys), content);
});
