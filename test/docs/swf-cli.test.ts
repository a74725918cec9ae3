import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { startOrrery } from '../support/orrery-process.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { blocks } from './documented.ts';
import { runShell } from './run-shell.ts';

const HEADING = 'An order with the AWS CLI';
const hasCli = spawnSync('aws', ['--version']).status === 0;
const skip = hasCli ? false : 'the AWS CLI is not installed: its commands cannot be run';

test('the commands of docs/swf.md do what it says', { skip, timeout: 120_000 }, async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const { endpoint } = await startOrrery(t, { folder: directory.path });
  const script = blocks('docs/swf.md', 'sh', HEADING).join('\n');
  const printed = await runShell(script, {
    folder: directory.path,
    instead: { 'http://127.0.0.1:7400': endpoint },
  });
  assert.equal(printed, blocks('docs/swf.md', 'text', HEADING).join('\n'));
});
