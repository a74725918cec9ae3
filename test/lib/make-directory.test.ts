import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeDirectory } from '../../src/lib/make-directory.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('makes what is missing and leaves what is there', async (context) => {
  const directory = await makeTemporaryDirectory(context);
  const path = `${directory.path}/not/yet/there`;
  makeDirectory(path);
  makeDirectory(path);
  assert.ok(statSync(path).isDirectory());
});

test('says which directory cannot be made, and why', async (context) => {
  const directory = await makeTemporaryDirectory(context);
  const file = `${directory.path}/file`;
  writeFileSync(file, '');
  for (const path of [file, `${file}/below`, '/proc/nothing/below']) {
    assert.throws(
      () => makeDirectory(path),
      (error: Error) => error.message.startsWith(`cannot make the directory ${path}: E`),
      path,
    );
  }
});
