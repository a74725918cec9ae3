import assert from 'node:assert/strict';
import type { Store } from '../../src/kernel/store.ts';
import { batchOf, closing, creation, loadAll, rowOf, storeClosed } from '../support/deltas.ts';
import { livesOf } from '../support/store-lives.ts';
import type { StoreTest } from './store-test.ts';

/** Events 1 | 2 3 4 | none | 5 6 | 7 | none, in rows of versions 1 to 6, among rows of other executions. */
async function fill(store: Store): Promise<void> {
  const rows = [
    rowOf(2, 2, 3),
    { ...rowOf(3, 5, 0), notes: '[]' },
    rowOf(4, 5, 2),
    rowOf(5, 7, 1),
    rowOf(6, 8, 0),
  ];
  await store.commit([batchOf(0, { executions: [creation('a'), creation('b'), creation('c')] })]);
  for (const row of rows) {
    await store.commit([batchOf(0, { executions: ['c', 'b', 'a'].map((id) => ({ id, row })) })]);
  }
}

const versionsOf = async (store: Store, from: number, to: number): Promise<number[]> =>
  (await store.readHistory({ shard: 0, id: 'b', from, to })).map(({ version }) => version);

/** First and last event asked for, then the versions of the rows that hold them. */
const ranges: readonly (readonly [number, number, readonly number[]])[] = [
  [1, 7, [1, 2, 4, 5]],
  [1, 1, [1]],
  [2, 2, [2]],
  [3, 3, [2]],
  [4, 4, [2]],
  [4, 5, [2, 4]],
  [3, 6, [2, 4]],
  [5, 5, [4]],
  [6, 7, [4, 5]],
  [7, 7, [5]],
  [7, 1_000, [5]],
  [8, 9, []],
  [0, 0, []],
  [0, 1, [1]],
];

export function historyContract(storeTest: StoreTest): void {
  storeTest('gives the rows that hold a range of events', async (store, reopen) => {
    await fill(store);
    for await (const each of livesOf(store, reopen)) {
      for (const [from, to, versions] of ranges) {
        assert.deepEqual(await versionsOf(each, from, to), versions, `events ${from} to ${to}`);
      }
    }
  });

  storeTest('gives rows as they were written', async (store) => {
    await fill(store);
    const found = await store.readHistory({ shard: 0, id: 'a', from: 3, to: 6 });
    assert.deepEqual(found, [rowOf(2, 2, 3), rowOf(4, 5, 2)]);
  });

  storeTest('gives long rows as they were written', async (store, reopen) => {
    const long = JSON.stringify(
      Array.from({ length: 3_000 }, (_, id) => ({ id, text: 'größe ✓ 数\ud83d\ude00' })),
    );
    const row = { ...rowOf(2, 2, 3_000), events: long, notes: long.slice(0, 100_000) };
    await store.commit([batchOf(0, { executions: [creation('a')] })]);
    await store.commit([batchOf(0, { executions: [{ id: 'a', row }] })]);
    await store.commit([batchOf(0, { executions: [{ ...creation('b'), snapshot: long }] })]);
    for await (const each of livesOf(store, reopen)) {
      assert.deepEqual(await each.readHistory({ shard: 0, id: 'a', from: 2, to: 2 }), [row]);
      const found = await each.readExecution(0, 'b');
      assert.equal(found?.open === true && found.snapshot?.state, long);
      const [loaded] = await loadAll(each, [0]);
      assert.ok(loaded?.kind === 'execution');
      assert.deepEqual(loaded.execution.rows[1], row);
    }
  });

  storeTest('keeps the history of closed executions', async (store, reopen) => {
    await storeClosed(store, { a: {} });
    const reopened = await reopen();
    const found = await reopened.readHistory({ shard: 0, id: 'a', from: 1, to: 2 });
    assert.deepEqual(found, [rowOf(1, 1, 1), rowOf(2, 2, 1)]);
  });

  storeTest('knows no history of other shards or unknown executions', async (store) => {
    await fill(store);
    assert.deepEqual(await store.readHistory({ shard: 1, id: 'a', from: 1, to: 9 }), []);
    assert.deepEqual(await store.readHistory({ shard: 0, id: 'z', from: 1, to: 9 }), []);
  });

  storeTest('pages through a long history', async (store) => {
    await store.commit([batchOf(0, { executions: [creation('a')] })]);
    for (let version = 2; version <= 400; version++) {
      await store.commit([
        batchOf(0, { executions: [{ id: 'a', row: rowOf(version, version * 5 - 8, 5) }] }),
      ]);
    }
    const events: number[] = [];
    for (let from = 1; from <= 1_996; from += 100) {
      const rows = await store.readHistory({ shard: 0, id: 'a', from, to: from + 99 });
      const found = rows.flatMap((row) => JSON.parse(row.events).map(({ id }: { id: number }) => id));
      events.push(...found.filter((id: number) => id >= from && id < from + 100));
    }
    assert.deepEqual(
      events,
      Array.from({ length: 1_996 }, (_, index) => index + 1),
    );
  });

  storeTest('forgets closed executions with all their rows', async (store, reopen) => {
    await storeClosed(store, { a: { expiresAt: 10 }, b: { expiresAt: 10 } });
    await store.commit([batchOf(0, { executions: [creation('c')], forgotten: ['a', 'unknown'] })]);
    for await (const each of livesOf(store, reopen)) {
      assert.equal(await each.readExecution(0, 'a'), undefined);
      assert.deepEqual(await each.readHistory({ shard: 0, id: 'a', from: 1, to: 9 }), []);
      assert.equal((await each.readHistory({ shard: 0, id: 'b', from: 1, to: 9 })).length, 2);
      assert.deepEqual(await each.expired(10, 10), [{ shard: 0, id: 'b' }]);
      assert.equal((await loadAll(each, [0])).length, 1);
    }
  });

  storeTest('can close and forget in one commit', async (store) => {
    await store.commit([batchOf(0, { executions: [creation('a')] })]);
    await store.commit([batchOf(0, { executions: [closing('a')], forgotten: ['a'] })]);
    assert.equal(await store.readExecution(0, 'a'), undefined);
    assert.deepEqual(await loadAll(store, [0]), []);
  });
}
