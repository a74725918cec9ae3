import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toldTree } from '../../../src/apis/transfer/sessions/told-tree.ts';
import { FilesError, PublicError } from '../../../src/files/files-error.ts';
import { createMemoryTree } from '../../support/memory-tree.ts';

/** What a client is told when its `stat` of `/in/a` fails so. */
async function toldOf(error: Error): Promise<{ readonly message: string; readonly cause?: unknown }> {
  const tree = createMemoryTree();
  tree.before = () => Promise.reject(error);
  return toldTree(tree)
    .stat('/in/a')
    .then(
      () => assert.fail('it has not failed'),
      (told: Error) => told,
    );
}

test('what a storage says of a failure is for the log, whatever it looks like', async () => {
  for (const text of ['It is no ordinary file: /srv/efs/in/a', 'It is not done here: bucket-7']) {
    const error = new FilesError('unsupported', text);
    const told = await toldOf(error);
    assert.equal(told.message, 'That cannot be done here: /in/a');
    assert.equal(told.cause, error);
  }
});

test('a public error is told as it is', async () => {
  const { message } = await toldOf(new PublicError('unsupported', 'Cannot open file in mode: READ/WRITE'));
  assert.equal(message, 'Cannot open file in mode: READ/WRITE');
});

test('what is no error of files stays what it is', async () => {
  const error = new TypeError('a bug');
  assert.equal(await toldOf(error), error);
});
