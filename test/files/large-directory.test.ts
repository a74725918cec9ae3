import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDirectory } from '../support/directory-bucket.ts';
import { keys, put } from '../support/objects.ts';

const FILES = 20_000;
const nameOf = (at: number): string => String(at).padStart(6, '0');

test('a directory with more entries than are sorted at once is listed whole and in order', async (context) => {
  const { bucket, path } = await openDirectory(context);
  mkdirSync(join(path, 'in'));
  const all = Array.from({ length: FILES }, (_, at) => `in/${nameOf((at * 7919) % FILES)}`);
  for (const key of all) writeFileSync(join(path, key), '');
  const sorted = all.toSorted();
  for (const query of [{}, { prefix: 'in/', delimiter: '/' as const }]) {
    assert.deepEqual(await keys(bucket, query), sorted);
  }
});

test('pages show what has been done since the page before', async (context) => {
  const { bucket, path } = await openDirectory(context);
  for (let at = 0; at < 10; at++) await put(bucket, `in/${nameOf(at * 10)}`, '');
  const page = { prefix: 'in/', delimiter: '/' as const, limit: 3 };
  const first = await bucket.list(page);
  assert.equal(first.next, 'in/000020');
  await put(bucket, 'in/000025', '');
  await bucket.remove({ key: 'in/000030' });
  writeFileSync(join(path, 'in/000035'), '');
  rmSync(join(path, 'in/000040'));
  const second = await bucket.list({ ...page, after: 'in/000020' });
  assert.deepEqual(
    second.objects.map(({ key }) => key),
    ['in/000025', 'in/000035', 'in/000050'],
  );
});
