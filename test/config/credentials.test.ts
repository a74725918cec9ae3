import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ensureCredentials, readCredentials } from '../../src/config/credentials.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { folder } from './load.ts';

describe('credentials', () => {
  const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(200);

  test('are made once, for their owner only', (t) => {
    const data = join(folder(t), 'deep/data');
    const made = ensureCredentials(data, random);
    assert.equal(made.created, true);
    assert.equal(statSync(made.path).mode & 0o777, 0o600);
    assert.match(
      readFileSync(made.path, 'utf8'),
      /^\[default\]\naws_access_key_id = ORRERYI{14}\naws_secret_access_key = \S{40}\n$/,
    );
    assert.deepEqual(
      ensureCredentials(data, () => assert.fail()),
      { ...made, created: false },
    );
    assert.deepEqual(readCredentials(made.path), { id: made.id, secret: made.secret });
  });

  test('of the default profile are read among others', (t) => {
    const path = join(folder(t), 'credentials');
    writeFileSync(
      path,
      '[other]\naws_access_key_id=x\n\n[default]\n# mine\naws_access_key_id=A\naws_secret_access_key = b=/+\n[last]\naws_access_key_id=z\n',
    );
    assert.deepEqual(readCredentials(path), { id: 'A', secret: 'b=/+' });
  });

  test('that are incomplete are an error, and none are none', (t) => {
    const path = join(folder(t), 'credentials');
    assert.equal(readCredentials(path), undefined);
    writeFileSync(path, '[default]\naws_access_key_id=A\n');
    assert.throws(() => readCredentials(path), ConfigError);
  });
});
