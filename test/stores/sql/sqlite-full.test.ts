import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { Unavailable } from '../../../src/kernel/errors.ts';
import type { Store } from '../../../src/kernel/store.ts';
import { openDatabase, openSqlStore } from '../../../src/stores/sql/sqlite.ts';
import { batchOf, creation, loadAll } from '../../support/deltas.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

async function openSmall(
  context: TestContext,
): Promise<{ readonly store: Store; readonly database: DatabaseSync }> {
  const directory = await makeTemporaryDirectory();
  const database = openDatabase(join(directory.path, 'orrery.db'));
  const store = await openSqlStore(database, { name: directory.path });
  context.after(async () => {
    await store.close();
    await directory.remove();
  });
  return { store, database };
}

/** Lets the database grow by so many pages and no further. */
function leaveRoom(database: DatabaseSync, pages: number): void {
  const used = Number(database.prepare('pragma page_count').get()?.page_count);
  database.exec(`pragma max_page_count = ${used + pages}`);
}

/** Of what cannot be packed. */
const large = (id: string) => {
  const made = creation(id);
  return { ...made, row: { ...made.row, events: JSON.stringify([randomBytes(75_000).toString('base64')]) } };
};

test('a full disk refuses commits whole, and the store goes on when there is room again', async (context) => {
  const { store, database } = await openSmall(context);
  await store.commit([batchOf(0, { executions: [creation('before')] })]);
  const before = await loadAll(store, [0, 1]);
  leaveRoom(database, 10);
  const batch = [
    batchOf(0, { executions: [creation('small')], cursors: [{ source: 1, sequence: 1 }] }),
    batchOf(1, { executions: [large('large')] }),
  ];
  await assert.rejects(store.commit(batch), Unavailable);
  await assert.rejects(store.commit(batch), Unavailable);
  assert.deepEqual(await loadAll(store, [0, 1]), before);
  leaveRoom(database, 1_000);
  await store.commit(batch);
  assert.equal((await loadAll(store, [0, 1])).length, 4);
});

test('the probe says whether there is room', async (context) => {
  const { store, database } = await openSmall(context);
  leaveRoom(database, 0);
  await assert.rejects(store.probe(), Unavailable);
  leaveRoom(database, 1_000);
  await store.probe();
});

test('a store that may not be written refuses and can still be read', async (context) => {
  const { store, database } = await openSmall(context);
  await store.commit([batchOf(0, { executions: [creation('a')] })]);
  database.exec('pragma query_only = on');
  await assert.rejects(store.commit([batchOf(0, { executions: [creation('b')] })]), Unavailable);
  await assert.rejects(store.probe(), Unavailable);
  assert.equal((await loadAll(store, [0])).length, 1);
  database.exec('pragma query_only = off');
  await store.probe();
});
