import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../../src/stores/open-store.ts';
import { batchOf, creation, loadAll } from '../support/deltas.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

test('opens the store that is asked for, making its directory', async (context) => {
  const directory = await makeTemporaryDirectory(context);
  const dataDirectory = `${directory.path}/not/yet/there`;
  for (const [url, kept] of [
    ['sqlite', 1],
    ['memory', 0],
  ] as const) {
    const store = await openStore({ url, dataDirectory });
    await store.commit([batchOf(0, { executions: [creation('a')] })]);
    await store.close();
    const again = await openStore({ url, dataDirectory });
    assert.equal((await loadAll(again, [0])).length, kept, url);
    await again.close();
  }
});

test('says what is wrong with other choices', async () => {
  const dataDirectory = '/nowhere';
  await assert.rejects(
    openStore({ url: 'postgres://u:secret@h/db', dataDirectory }),
    /^Error: store postgres:.* not supported in this version/,
  );
  await assert.rejects(
    openStore({ url: 'postgresql://h/db', dataDirectory }),
    /not supported in this version/,
  );
  await assert.rejects(openStore({ url: 'mysql', dataDirectory }), /unknown store mysql/);
});
