import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { startOrrery } from '../support/orrery-process.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { blocks } from './documented.ts';
import { runShell } from './run-shell.ts';

const PROGRAMS = ['aws', 'sftp', 'ssh-keygen'];
const missing = PROGRAMS.filter((program) => spawnSync(program).error !== undefined);
const skip = missing.length === 0 ? false : `not installed: ${missing.join(', ')}`;

test('the commands of docs/transfer.md do what it says, however often', {
  skip,
  timeout: 120_000,
}, async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const { endpoint } = await startOrrery(t, { folder: directory.path });
  const commands = blocks('docs/transfer.md', 'sh', 'Set up').join('\n');
  const surroundings = { folder: directory.path, instead: { 'http://127.0.0.1:7400': endpoint } };
  for (const time of ['first', 'second']) {
    const printed = await runShell(commands, surroundings);
    assert.equal(printed, blocks('docs/transfer.md', 'text', 'Set up').join('\n'), `the ${time} time`);
  }
});
