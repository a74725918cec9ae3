import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/commands/serve.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

/** As the command line calls it. */
function serve(data: string) {
  const printed = { stdout: '' };
  const stdout = { write: (text: string) => Object.assign(printed, { stdout: printed.stdout + text }) };
  const options = { data, listen: '127.0.0.1:0' };
  const code = Promise.resolve(run({ options, parameters: [], stdout, stderr: { write: () => undefined } }));
  return { code, printed };
}

test('who is told to stop while starting ends as usual, with nothing left open', async (t) => {
  const directory = await makeTemporaryDirectory(t);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { code, printed } = serve(directory.path);
    process.emit(signal);
    assert.equal(await code, 0);
    assert.equal(printed.stdout, '');
  }
});
