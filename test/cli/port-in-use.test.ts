import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/orrery');

test('a start on an address that is taken ends with a message and code 1', { timeout: 60_000 }, async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.after(() => other.close());
  const address = other.address();
  assert.ok(typeof address === 'object' && address !== null);
  const given = ['serve', '--listen', `127.0.0.1:${address.port}`, '--data', directory.path];
  const server = spawn(PROGRAM, given, { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => server.kill('SIGKILL'));
  let said = '';
  server.stderr.on('data', (text: Buffer) => {
    said += text;
  });
  assert.deepEqual(await once(server, 'close'), [1, null]);
  assert.match(said, /EADDRINUSE/);
});
