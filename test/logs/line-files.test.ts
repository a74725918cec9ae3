import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { LineFiles } from '../../src/logs/line-files.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('of lines that have no room, the first is told of at once and the others are counted', async (t) => {
  const directory = await makeTemporaryDirectory();
  t.after(directory.remove);
  const path = join(directory.path, 'lines');
  const told: (readonly [string, number])[] = [];
  const files = new LineFiles({
    report: (_, lost) => told.push([lost.path, lost.lines]),
    soon: () => () => undefined,
  });
  const full = `${'x'.repeat(64 * 1024 * 1024 - 1)}\n`;
  files.append(path, full);
  for (let count = 0; count < 4; count++) files.append(path, 'lost\n');
  assert.deepEqual(told, [[path, 1]]);
  await files.flush();
  assert.deepEqual(told, [
    [path, 1],
    [path, 3],
  ]);
  files.append(path, 'there is room again\n');
  await files.flush();
  assert.equal(told.length, 2);
  assert.equal((await readFile(path, 'utf8')).slice(full.length), 'there is room again\n');
});
