import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { plainEnvironment, startOrrery } from '../support/orrery-process.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';
import { blocks, ROOT } from './documented.ts';

test('the program of README.md runs on the keys that the first start makes', async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const { endpoint } = await startOrrery(t, { folder: directory.path });
  const [written = ''] = blocks('README.md', 'js');
  assert.ok(written.includes("'http://127.0.0.1:7400'"));
  const program = written.replace('http://127.0.0.1:7400', endpoint);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: ROOT,
    env: {
      ...plainEnvironment(),
      AWS_SHARED_CREDENTIALS_FILE: join(directory.path, 'orrery-data/credentials'),
    },
  });
  const [, promised] = /console\.log\(.*\); \/\/ (.*)/.exec(written) ?? [];
  assert.equal(stdout, `${promised}\n`);
});
