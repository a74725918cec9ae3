import { createRequire, Module } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * ssh2 without the addon that npm builds into it where there is a compiler: with it Node 24 ends the whole process, since a cipher
 * that is collected outside of any JavaScript asks for an environment that is not there. ssh2 has no setting against it.
 */
export function loadSsh2(require: NodeJS.Require): typeof import('ssh2') {
  const ciphers = require.resolve('ssh2/lib/protocol/crypto.js');
  const addon = join(dirname(ciphers), 'crypto/build/Release/sshcrypto.node');
  // Loaded already, with nothing in it: ssh2 takes that for an addon that could not be loaded.
  require.cache[addon] = Object.assign(new Module(addon), { loaded: true, exports: undefined });
  return require('ssh2') as typeof import('ssh2');
}

export const ssh2 = loadSsh2(createRequire(import.meta.url));
