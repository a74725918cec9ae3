import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/orrery');
const ONE_IN_ANOTHER = 'buckets: { outer: { directory: ./files }, inner: { directory: ./files/inner } }\n';

test('a start with storage that is refused ends with a message and code 1', {
  timeout: 60_000,
}, async (t) => {
  const directory = await makeTemporaryDirectory(t);
  await mkdir(join(directory.path, 'files/inner'), { recursive: true });
  await writeFile(join(directory.path, 'orrery.yaml'), ONE_IN_ANOTHER);
  const given = ['serve', '--config', 'orrery.yaml', '--listen', '127.0.0.1:0'];
  const server = spawn(PROGRAM, given, { cwd: directory.path, stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => server.kill('SIGKILL'));
  let said = '';
  server.stderr.on('data', (text: Buffer) => {
    said += text;
  });
  assert.deepEqual(await once(server, 'close'), [1, null]);
  assert.match(said, /bucket outer and bucket inner are not apart/);
});
