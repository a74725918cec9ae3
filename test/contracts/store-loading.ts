import assert from 'node:assert/strict';
import type { Loaded, Store } from '../../src/kernel/store.ts';
import { API, batchOf, closing, creation, loadAll, rowOf, SCOPE, storeClosed } from '../support/deltas.ts';
import { livesOf } from '../support/store-lives.ts';
import type { StoreTest } from './store-test.ts';

const head = (id: string) => ({ id, api: API, scope: SCOPE, name: `name of ${id}`, startedAt: 1_000 });

/** Commits one delta of one execution in shard 0. */
const append = (store: Store, delta: Parameters<typeof batchOf>[1]['executions']): Promise<void> =>
  store.commit([batchOf(0, { executions: delta ?? [] })]);

async function onlyExecution(store: Store): Promise<Extract<Loaded, { kind: 'execution' }>['execution']> {
  const [first, ...others] = await loadAll(store, [0]);
  assert.deepEqual(others, []);
  assert.equal(first?.kind, 'execution');
  return first.execution;
}

export function loadingContract(storeTest: StoreTest): void {
  storeTest('finds nothing in a new store', async (store) => {
    assert.deepEqual(await loadAll(store, [0, 1, 255]), []);
    assert.equal(await store.readExecution(0, 'none'), undefined);
    assert.deepEqual(await store.scopes(), []);
  });

  storeTest('gives an open execution with all its rows', async (store, reopen) => {
    const noted = { ...rowOf(3, 4, 0), notes: '[[0,{"n":1}]]' };
    await append(store, [creation('a')]);
    await append(store, [{ id: 'a', row: rowOf(2, 2, 2) }]);
    await append(store, [{ id: 'a', row: noted }]);
    await append(store, [{ id: 'a', row: rowOf(4, 4, 1) }]);
    const expected = { ...head('a'), rows: [rowOf(1, 1, 1), rowOf(2, 2, 2), noted, rowOf(4, 4, 1)] };
    assert.deepEqual(await onlyExecution(store), expected);
    assert.deepEqual(await store.readExecution(0, 'a'), { open: true, ...expected });
    assert.deepEqual(await onlyExecution(await reopen()), expected);
  });

  storeTest('gives the last snapshot and only the rows after it', async (store, reopen) => {
    await append(store, [creation('a')]);
    await append(store, [{ id: 'a', row: rowOf(2, 2, 3), snapshot: '"first"' }]);
    await append(store, [{ id: 'a', row: { ...rowOf(3, 5, 0), notes: '[]' } }]);
    await append(store, [{ id: 'a', row: { ...rowOf(4, 5, 0), notes: '[1]' }, snapshot: '"second"' }]);
    const snapshot = { version: 4, time: 1_004, nextEvent: 5, state: '"second"' };
    assert.deepEqual(await onlyExecution(store), { ...head('a'), snapshot, rows: [] });
    const after = [{ ...rowOf(5, 5, 0), notes: '[2]' }, rowOf(6, 5, 2)];
    for (const row of after) await append(store, [{ id: 'a', row }]);
    const expected = { ...head('a'), snapshot, rows: after };
    assert.deepEqual(await onlyExecution(store), expected);
    const reopened = await reopen();
    assert.deepEqual(await onlyExecution(reopened), expected);
    assert.deepEqual(await reopened.readExecution(0, 'a'), { open: true, ...expected });
  });

  storeTest('keeps the rows of many executions apart and in order', async (store) => {
    const ids = ['b', 'a', 'd', 'c'];
    await append(
      store,
      ids.map((id) => creation(id)),
    );
    for (let version = 2; version <= 12; version++) {
      await append(
        store,
        ids.toReversed().map((id) => ({ id, row: rowOf(version, version, 1) })),
      );
    }
    const loaded = await loadAll(store, [0]);
    assert.equal(loaded.length, ids.length);
    for (const each of loaded) {
      assert.equal(each.kind, 'execution');
      assert.deepEqual(
        each.execution.rows.map(({ version }) => version),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      );
    }
  });

  storeTest('leaves closed executions out, and reads them whole', async (store, reopen) => {
    const detail = { parent: { id: 'p' }, count: 3 };
    await storeClosed(store, { a: { typeVersion: '1.0', tags: ['x', 'y'], expiresAt: 9_000, detail } });
    const expected = {
      open: false,
      ...head('a'),
      version: 2,
      eventCount: 2,
      state: '{"closed":"a"}',
      summary: {
        status: 'succeeded',
        vendorStatus: 'COMPLETED',
        type: 'order',
        typeVersion: '1.0',
        tags: ['x', 'y'],
        endedAt: 2_000,
        expiresAt: 9_000,
        detail,
      },
    };
    for await (const each of livesOf(store, reopen)) {
      assert.deepEqual(await loadAll(each, [0]), []);
      assert.deepEqual(await each.readExecution(0, 'a'), expected);
      assert.equal(await each.readExecution(1, 'a'), undefined);
    }
  });

  storeTest('omits what a closed summary does not have', async (store) => {
    await storeClosed(store, { a: {} });
    const found = await store.readExecution(0, 'a');
    assert.ok(found?.open === false);
    assert.deepEqual(Object.keys(found.summary).toSorted(), [
      'endedAt',
      'status',
      'tags',
      'type',
      'vendorStatus',
    ]);
  });

  storeTest('a summary stored is not changed by what its owner does later', async (store) => {
    const detail = { count: 1 };
    const tags = ['x'];
    await storeClosed(store, { a: { detail, tags } });
    detail.count = 2;
    tags.push('y');
    const found = await store.readExecution(0, 'a');
    assert.ok(found?.open === false);
    assert.deepEqual([found.summary.detail, found.summary.tags], [{ count: 1 }, ['x']]);
  });

  storeTest('loads only the shards asked for', async (store) => {
    await store.commit([0, 1, 2].map((shard) => batchOf(shard, { executions: [creation(`e${shard}`)] })));
    const loaded = await loadAll(store, [2, 0]);
    assert.deepEqual(loaded.map(({ shard }) => shard).toSorted(), [0, 2]);
    assert.deepEqual(await loadAll(store, []), []);
  });

  storeTest('records: writes, replaces, removes', async (store, reopen) => {
    const record = (id: string, version: number, document?: string) => ({
      collection: 'domain',
      id,
      version,
      ...(document !== undefined && { document }),
    });
    await store.commit([batchOf(3, { records: [record('a', 1, '"a1"'), record('b', 1, '"b1"')] })]);
    await store.commit([batchOf(3, { records: [record('a', 2, '"a2"'), record('b', 2)] })]);
    await store.commit([batchOf(4, { records: [record('a', 1, '"other shard"')] })]);
    const expected = [{ kind: 'record', shard: 3, record: record('a', 2, '"a2"') }];
    assert.deepEqual(await loadAll(store, [3]), expected);
    assert.deepEqual(await loadAll(await reopen(), [3]), expected);
  });

  storeTest('messages: gives them by sequence until they are delivered', async (store, reopen) => {
    const message = (sequence: number) => ({ sequence, targetShard: 9, message: `{"m":${sequence}}` });
    await store.commit([batchOf(3, { sent: [message(9), message(10)] }), batchOf(4, { sent: [message(9)] })]);
    await store.commit([batchOf(3, { sent: [message(11)], delivered: [10, 8] })]);
    const expected = [9, 11].map((sequence) => ({ kind: 'message', shard: 3, row: message(sequence) }));
    assert.deepEqual(await loadAll(store, [3]), expected);
    assert.deepEqual(await loadAll(await reopen(), [3]), expected);
  });

  storeTest('cursors: gives the last one of each source', async (store, reopen) => {
    await store.commit([
      batchOf(3, {
        cursors: [
          { source: 1, sequence: 5 },
          { source: 2, sequence: 7 },
        ],
      }),
    ]);
    await store.commit([batchOf(3, { cursors: [{ source: 1, sequence: 6 }] })]);
    const expected = [
      { kind: 'cursor', shard: 3, cursor: { source: 1, sequence: 6 } },
      { kind: 'cursor', shard: 3, cursor: { source: 2, sequence: 7 } },
    ];
    assert.deepEqual(await loadAll(store, [3]), expected);
    assert.deepEqual(await loadAll(await reopen(), [3]), expected);
  });

  storeTest('names every scope once', async (store, reopen) => {
    await store.commit([
      batchOf(0, { executions: [creation('a', { scope: 's1' }), creation('b', { scope: 's2' })] }),
      batchOf(1, {
        executions: [creation('c', { scope: 's1' }), creation('d', { api: 'other', scope: 's1' })],
      }),
    ]);
    await append(store, [closing('a')]);
    const names = (scopes: readonly { api: string; scope: string }[]) =>
      scopes.map(({ api, scope }) => `${api}:${scope}`).toSorted();
    assert.deepEqual(names(await store.scopes()), ['other:s1', 'toy:s1', 'toy:s2']);
    assert.deepEqual(names(await (await reopen()).scopes()), ['other:s1', 'toy:s1', 'toy:s2']);
  });

  storeTest('keeps any text as it is', async (store, reopen) => {
    const odd = `quotes ' " \` \\ newline \n tab \t nul \u0000 ü 漢字 🚀 \u2028 ?1 $1 %s`;
    const large = 'ä'.repeat(16_384);
    const events = JSON.stringify([{ odd, large }]);
    const row = { ...rowOf(1, 1, 1), events, notes: JSON.stringify([[0, { odd }]]) };
    const made = { ...creation('a', { scope: `scope ${odd}`, name: `name ${odd}` }), row, snapshot: events };
    await store.commit([
      batchOf(0, {
        executions: [made],
        records: [{ collection: odd, id: odd, version: 1, document: events }],
        sent: [{ sequence: 1, targetShard: 2, message: events }],
      }),
    ]);
    await store.commit([batchOf(1, { executions: [creation('b')] })]);
    const reopened = await reopen();
    const [execution, record, message] = await loadAll(reopened, [0]);
    assert.ok(execution?.kind === 'execution' && record?.kind === 'record' && message?.kind === 'message');
    assert.equal(execution.execution.name, `name ${odd}`);
    assert.equal(execution.execution.scope, `scope ${odd}`);
    assert.equal(execution.execution.snapshot?.state, events);
    assert.deepEqual(record.record, { collection: odd, id: odd, version: 1, document: events });
    assert.equal(message.row.message, events);
    assert.deepEqual(await reopened.readHistory({ shard: 0, id: 'a', from: 1, to: 1 }), [row]);
  });
}
