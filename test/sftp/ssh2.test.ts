import assert from 'node:assert/strict';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { loadSsh2 } from '../../src/sftp/ssh/ssh2.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const installed = dirname(createRequire(import.meta.url).resolve('ssh2/package.json'));
const NEEDED = ['asn1', 'bcrypt-pbkdf'];
const ADDON = 'lib/protocol/crypto/build/Release/sshcrypto.node';

/** A folder with an ssh2 of its own, into which an addon has been built. */
async function withAddon(): Promise<{ require: NodeJS.Require; remove: () => Promise<void> }> {
  const { path, remove } = await makeTemporaryDirectory();
  const modules = join(path, 'node_modules');
  for (const part of ['package.json', 'lib'])
    cpSync(join(installed, part), join(modules, 'ssh2', part), { recursive: true });
  for (const name of NEEDED) symlinkSync(join(installed, '..', name), join(modules, name));
  mkdirSync(dirname(join(modules, 'ssh2', ADDON)), { recursive: true });
  writeFileSync(join(modules, 'ssh2', ADDON), '');
  return { require: createRequire(join(path, 'file.js')), remove };
}

for (const [who, load, expected] of [
  ['ssh2 by itself would load it', (require: NodeJS.Require) => require('ssh2'), true],
  ['here it is not loaded', loadSsh2, false],
] as const) {
  test(`where ssh2 has an addon, ${who}`, async (t) => {
    const { require, remove } = await withAddon();
    t.after(remove);
    const { '.node': dlopen } = require.extensions;
    t.after(() => Object.assign(require.extensions, { '.node': dlopen }));
    require.extensions['.node'] = (module) => {
      module.exports = {};
    };
    load(require);
    assert.equal(require('ssh2/lib/protocol/crypto.js').bindingAvailable, expected);
  });
}
