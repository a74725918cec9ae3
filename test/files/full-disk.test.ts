import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** In blocks of 512 or 1024 bytes, as the shell has it: less than is written, more than is kept beside it. */
const BLOCKS = 6000;

test('without space an upload fails saying so, leaves nothing, and the next one works', async (context) => {
  const { path } = await makeTemporaryDirectory(context);
  for (const name of ['bucket', 'efs']) mkdirSync(join(path, name));
  // Without the signal, writing too far is an error like any other.
  const shell = `trap '' XFSZ; ulimit -f ${BLOCKS}; exec "$0" "$@"`;
  const script = join(import.meta.dirname, 'fill-disk.ts');
  const printed = execFileSync('sh', ['-c', shell, process.execPath, script, path], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(printed), {
    object: 'no-space',
    file: 'no-space',
    open: 'no-space',
    after: 'none',
  });
  assert.deepEqual(readdirSync(join(path, 'bucket')).sort(), ['.orrery', 'after', 'small']);
  assert.deepEqual(readdirSync(join(path, 'bucket/.orrery/uploads')), []);
  assert.deepEqual(readdirSync(join(path, 'efs/.orrery/uploads')), []);
});
