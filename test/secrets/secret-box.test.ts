import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { createSecretBox } from '../../src/secrets/aes-secret-box.ts';
import { openSecretBox } from '../../src/secrets/open-secret-box.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const random = (bytes: number): Uint8Array => randomBytes(bytes);
const key = Buffer.alloc(32, 7);
const box = createSecretBox(key, random);

async function openIn(t: TestContext) {
  const { path } = await makeTemporaryDirectory(t);
  const data = join(path, 'data');
  return {
    data,
    open: (environmentKey?: string) => openSecretBox({ dataDirectory: data, environmentKey, random }),
  };
}

test('what is sealed opens again, for its purpose only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, purpose) => {
      const sealed = box.seal(text, purpose);
      assert.equal(box.open(sealed, purpose), text);
      assert.throws(() => box.open(sealed, `${purpose}.`), /changed, or sealed for another purpose/);
    }),
  );
});

test('no two sealings of one text are alike', () => {
  const all = new Set(Array.from({ length: 1000 }, () => box.seal('same', 'p')));
  assert.equal(all.size, 1000);
});

test('a sealed text that is changed anywhere does not open', () => {
  const sealed = box.seal('attack at dawn', 'p');
  for (let at = 0; at < sealed.length; at++) {
    const other = sealed[at] === 'A' ? 'B' : 'A';
    const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
    // The last character of base64url holds bits that mean nothing.
    if (
      Buffer.from(changed.slice(20), 'base64url').equals(Buffer.from(sealed.slice(20), 'base64url')) &&
      at > 19
    )
      continue;
    assert.throws(() => box.open(changed, 'p'), { name: 'SecretBoxError' });
  }
  for (const text of ['', 's1', 's1..', sealed.slice(0, 30), `${sealed}.`])
    assert.throws(() => box.open(text, 'p'), {
      name: 'SecretBoxError',
      reason: /not-sealed|changed|other-key/,
    });
});

test('another key is named as the reason', () => {
  const other = createSecretBox(Buffer.alloc(32, 8), random);
  assert.throws(() => other.open(box.seal('x', 'p'), 'p'), { reason: 'other-key' });
});

test('neither box nor error shows key or text', () => {
  const sealed = box.seal('attack at dawn', 'p');
  const shown = [inspect(box, { depth: 9, showHidden: true }), String(box), JSON.stringify(box)];
  try {
    box.open(sealed, 'q');
  } catch (error) {
    shown.push(inspect(error, { depth: 9, showHidden: true }));
  }
  assert.equal(shown.length, 4);
  for (const text of shown) {
    assert.ok(!text.includes('attack'));
    assert.ok(!text.includes(key.toString('base64')) && !text.includes(key.toString('hex')));
    assert.ok(!text.includes('07 07 07') && !text.includes('7, 7'));
  }
});

test('the first start makes the key, for its owner alone; later starts open what was sealed', async (t) => {
  const { data, open } = await openIn(t);
  const sealed = open().seal('kept', 'p');
  assert.equal(open().open(sealed, 'p'), 'kept');
  assert.deepEqual((await readdir(data)).sort(), ['master.check', 'master.key']);
  for (const name of ['master.check', 'master.key'])
    assert.equal((await stat(join(data, name))).mode & 0o777, 0o600);
  const kept = await readFile(join(data, 'master.key'), 'utf8');
  assert.equal(Buffer.from(kept, 'base64').length, 32);
  // The same key may be given by the environment instead.
  assert.equal(open(kept).open(sealed, 'p'), 'kept');
  assert.equal(open(Buffer.from(kept, 'base64').toString('hex')).open(sealed, 'p'), 'kept');
});

test('a key in the environment leaves no key file', async (t) => {
  const { data, open } = await openIn(t);
  open(key.toString('base64'));
  open(key.toString('base64url'));
  assert.deepEqual(await readdir(data), ['master.check']);
});

test('a data directory sealed under another key is noticed at the start', async (t) => {
  const { data, open } = await openIn(t);
  open();
  assert.throws(
    () => open(key.toString('hex')),
    /sealed under another master key than that of ORRERY_MASTER_KEY/,
  );
  await writeFile(join(data, 'master.key'), key.toString('base64'));
  assert.throws(() => open(), /sealed under another master key than that of .*master\.key/);
  await rm(join(data, 'master.key'));
  assert.throws(() => open(), /master\.key is missing.*restore the file, or set ORRERY_MASTER_KEY/);
  assert.deepEqual(await readdir(data), ['master.check']);
});

test('what is no key is refused without being shown', async (t) => {
  const { data, open } = await openIn(t);
  for (const wrong of ['secret', 'x'.repeat(42), `${'ab'.repeat(31)}`, `${key.toString('hex')}00`, ' ']) {
    assert.throws(
      () => open(wrong),
      (error: Error) => {
        assert.equal(error.message, 'ORRERY_MASTER_KEY must hold 32 bytes in base64 or hexadecimal');
        return true;
      },
      wrong,
    );
  }
  open();
  await writeFile(join(data, 'master.key'), 'garbage');
  assert.throws(() => open(), /master\.key must hold 32 bytes/);
  await rm(join(data, 'master.key'));
  await writeFile(join(data, 'master.check'), 'garbage');
  assert.throws(() => open(key.toString('hex')), /master\.check is damaged/);
});
