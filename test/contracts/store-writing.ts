import assert from 'node:assert/strict';
import { VersionConflict } from '../../src/kernel/errors.ts';
import type { ShardBatch, Store } from '../../src/kernel/store.ts';
import { batchOf, closing, creation, loadAll, rowOf, storeClosed } from '../support/deltas.ts';
import type { StoreTest } from './store-test.ts';

const SHARDS = [0, 1, 2];

/** Each is refused, whatever else is in its batch, when executions `one` (open) and `two` (closed) exist. */
const conflicts: Readonly<Record<string, ShardBatch>> = {
  'a version that exists': batchOf(0, { executions: [{ id: 'one', row: rowOf(2, 2, 1) }] }),
  'a version that exists, with other events': batchOf(0, {
    executions: [{ id: 'one', row: rowOf(2, 9, 1) }],
  }),
  'a version behind a gap': batchOf(0, { executions: [{ id: 'one', row: rowOf(4, 3, 1) }] }),
  'an old version': batchOf(0, { executions: [{ id: 'two', row: rowOf(2, 2, 1) }] }),
  'an execution that exists': batchOf(0, { executions: [creation('one')] }),
  'an execution that has ended': batchOf(0, { executions: [creation('two')] }),
  'a first version that creates nothing': batchOf(0, { executions: [{ id: 'new', row: rowOf(1, 1, 1) }] }),
  'a creation by a later version': batchOf(0, { executions: [{ ...creation('new'), row: rowOf(2, 1, 1) }] }),
  'a row of an unknown execution': batchOf(0, { executions: [{ id: 'new', row: rowOf(2, 2, 1) }] }),
  'an execution of another shard': batchOf(1, { executions: [{ id: 'one', row: rowOf(3, 3, 1) }] }),
  'a second end': batchOf(0, { executions: [{ ...closing('two'), row: rowOf(3, 3, 1) }] }),
  'a snapshot after the end': batchOf(0, {
    executions: [{ id: 'two', row: rowOf(3, 3, 1), snapshot: '{}' }],
  }),
  'a record that exists': batchOf(0, {
    records: [{ collection: 'domain', id: 'd', version: 1, document: '{}' }],
  }),
  'a record behind a gap': batchOf(0, {
    records: [{ collection: 'domain', id: 'd', version: 3, document: '{}' }],
  }),
  'a record that does not exist': batchOf(0, {
    records: [{ collection: 'domain', id: 'e', version: 2, document: '{}' }],
  }),
  'a removal with an old version': batchOf(0, { records: [{ collection: 'domain', id: 'd', version: 1 }] }),
  'a removal of nothing': batchOf(0, { records: [{ collection: 'type', id: 'd', version: 2 }] }),
  'a message that exists': batchOf(0, { sent: [{ sequence: 7, targetShard: 1, message: '{}' }] }),
};

async function fill(store: Store): Promise<void> {
  await storeClosed(store, { two: {} });
  await store.commit([
    batchOf(0, {
      executions: [creation('one')],
      records: [{ collection: 'domain', id: 'd', version: 1, document: '{"a":1}' }],
      sent: [{ sequence: 7, targetShard: 1, message: '{"b":2}' }],
      cursors: [{ source: 2, sequence: 5 }],
    }),
  ]);
  await store.commit([batchOf(0, { executions: [{ id: 'one', row: rowOf(2, 2, 1) }] })]);
}

/** Everything that a batch can do, all of it legal after `fill`. */
const legal = (shard: number): ShardBatch =>
  batchOf(shard, {
    executions: [creation(`fresh ${shard}`, { scope: 'another scope' })],
    records: [{ collection: 'domain', id: 'fresh', version: 1, document: '{}' }],
    sent: [{ sequence: 8, targetShard: 2, message: '{}' }],
    delivered: [7],
    cursors: [{ source: 2, sequence: 6 }],
    forgotten: ['two'],
  });

const everything = async (store: Store): Promise<unknown> => ({
  loaded: await loadAll(store, SHARDS),
  closed: await store.readExecution(0, 'two'),
  history: await store.readHistory({ shard: 0, id: 'two', from: 1, to: 99 }),
  scopes: await store.scopes(),
});

export function writingContract(storeTest: StoreTest): void {
  for (const [what, batch] of Object.entries(conflicts)) {
    storeTest(`refuses ${what} and writes nothing of the commit`, async (store, reopen) => {
      await fill(store);
      const before = await everything(store);
      const commit = store.commit([legal(2), { ...batch, delivered: [7] }, legal(batch.shard === 0 ? 1 : 0)]);
      await assert.rejects(commit, VersionConflict);
      assert.deepEqual(await everything(store), before);
      assert.deepEqual(await everything(await reopen()), before);
    });
  }

  storeTest('goes on after a refused commit, in a scope that the refused one named first', async (store) => {
    await fill(store);
    await assert.rejects(
      store.commit([legal(2), batchOf(0, { executions: [creation('one')] })]),
      VersionConflict,
    );
    await store.commit([legal(2)]);
    const found = await store.readExecution(2, 'fresh 2');
    assert.equal(found?.scope, 'another scope');
  });

  storeTest('applies the fields of a batch in their order', async (store) => {
    await storeClosed(store, { old: {} });
    await store.commit([
      batchOf(0, {
        sent: [{ sequence: 1, targetShard: 3, message: '{}' }],
        delivered: [1],
        records: [
          { collection: 'c', id: 'r', version: 1, document: '1' },
          { collection: 'c', id: 'r', version: 2, document: '2' },
          { collection: 'c', id: 'r', version: 3 },
          { collection: 'c', id: 'r', version: 1, document: '4' },
        ],
        forgotten: ['old'],
      }),
    ]);
    assert.deepEqual(await loadAll(store, [0]), [
      { kind: 'record', shard: 0, record: { collection: 'c', id: 'r', version: 1, document: '4' } },
    ]);
  });

  storeTest('writes an execution that begins and ends in one delta', async (store) => {
    const { created } = creation('brief');
    const { snapshot, closed } = closing('brief');
    assert.ok(created && snapshot && closed);
    await store.commit([
      batchOf(0, { executions: [{ id: 'brief', created, row: rowOf(1, 1, 2), snapshot, closed }] }),
    ]);
    const found = await store.readExecution(0, 'brief');
    assert.equal(found?.open, false);
    assert.equal(found?.eventCount, 2);
    assert.deepEqual(await loadAll(store, SHARDS), []);
  });

  storeTest('accepts an empty commit and an empty part', async (store) => {
    await store.commit([]);
    await store.commit([batchOf(0, {})]);
    assert.deepEqual(await loadAll(store, SHARDS), []);
  });

  storeTest('writes a thousand executions in one commit', async (store, reopen) => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `e${String(index).padStart(4, '0')}`);
    const parts = Map.groupBy(ids, (id) => Number(id.slice(1)) % 3);
    await store.commit(
      [...parts].map(([shard, some]) => batchOf(shard, { executions: some.map((id) => creation(id)) })),
    );
    const reopened = await reopen();
    const loaded = await loadAll(reopened, SHARDS);
    const found = loaded.map((each) => (each.kind === 'execution' ? each.execution.id : each.kind));
    assert.deepEqual(found.toSorted(), ids);
  });

  storeTest('commits asked for at once are all written', async (store) => {
    const commits = Array.from({ length: 20 }, (_, index) =>
      store.commit([batchOf(index % 3, { executions: [creation(`e${index}`)] })]),
    );
    await Promise.all(commits);
    assert.equal((await loadAll(store, SHARDS)).length, 20);
  });

  storeTest('can be probed, which leaves nothing behind', async (store) => {
    await store.probe();
    await store.probe();
    assert.deepEqual(await loadAll(store, SHARDS), []);
  });

  storeTest('keeps its installation key', async (store, reopen) => {
    const key = Buffer.from(store.installationKey);
    assert.equal(key.length, 32);
    assert.notDeepEqual(key, Buffer.alloc(32));
    assert.deepEqual((await reopen()).installationKey, key);
  });
}
