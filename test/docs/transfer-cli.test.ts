import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { startOrrery } from '../support/orrery-process.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { blocks } from './documented.ts';
import { runShell } from './run-shell.ts';

const PROGRAMS = ['aws', 'sftp', 'ssh-keygen'];
const missing = PROGRAMS.filter((program) => spawnSync(program).error !== undefined);
const skip = missing.length === 0 ? false : `not installed: ${missing.join(', ')}`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('the commands of docs/transfer.md do what it says', { skip, timeout: 120_000 }, async (t) => {
  const directory = await makeTemporaryDirectory();
  t.after(directory.remove);
  const { endpoint } = await startOrrery(t, { folder: directory.path });
  const printed = await runShell(blocks('docs/transfer.md', 'sh', 'Set up').join('\n'), {
    folder: directory.path,
    instead: { 'http://127.0.0.1:7400': endpoint, 2222: String(await freePort()) },
  });
  assert.equal(printed, blocks('docs/transfer.md', 'text', 'Set up').join('\n'));
});
