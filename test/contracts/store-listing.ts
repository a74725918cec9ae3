import assert from 'node:assert/strict';
import type { ClosedFilter, ClosedQuery, Store } from '../../src/kernel/store.ts';
import { anyClosed, type Closed, idsClosed, storeClosed } from '../support/deltas.ts';
import { livesOf } from '../support/store-lives.ts';
import type { StoreTest } from './store-test.ts';

const five: Readonly<Record<string, Closed>> = {
  a: { name: 'n1', startedAt: 100, endedAt: 1_000, type: 't1', typeVersion: '1', tags: ['red'] },
  b: {
    name: 'n2',
    startedAt: 200,
    endedAt: 900,
    type: 't1',
    typeVersion: '2',
    tags: ['red', 'blue'],
    shard: 1,
  },
  c: {
    name: 'n1',
    startedAt: 300,
    endedAt: 800,
    type: 't2',
    status: 'failed',
    vendorStatus: 'FAILED',
    shard: 2,
  },
  d: {
    name: 'n3',
    startedAt: 400,
    endedAt: 700,
    type: 't2',
    tags: ['redder', '"red"'],
    vendorStatus: 'CONTINUED',
  },
  e: {
    name: 'n2',
    startedAt: 500,
    endedAt: 600,
    type: 't1',
    typeVersion: '1',
    tags: ['Red', 'größe'],
    shard: 1,
  },
};

/** Conditions and the ids that meet them, newest end first. */
const filters: Readonly<Record<string, readonly [Partial<ClosedFilter>, string]>> = {
  'nothing asked': [{}, 'a b c d e'],
  'ended since, inclusive': [{ since: 800 }, 'a b c'],
  'ended since, one later': [{ since: 801 }, 'a b'],
  'ended until, inclusive': [{ until: 800 }, 'c d e'],
  'ended until, one earlier': [{ until: 799 }, 'd e'],
  'ended at': [{ since: 800, until: 800 }, 'c'],
  'an empty range': [{ since: 801, until: 800 }, ''],
  'started since': [{ timeOf: 'started', since: 300 }, 'e d c'],
  'started until': [{ timeOf: 'started', until: 300 }, 'c b a'],
  name: [{ name: 'n1' }, 'a c'],
  'name and time': [{ name: 'n1', until: 900 }, 'c'],
  'a part of a name': [{ name: 'n' }, ''],
  type: [{ type: 't1' }, 'a b e'],
  'type and version': [{ type: 't1', typeVersion: '1' }, 'a e'],
  'a version nobody has': [{ typeVersion: '3' }, ''],
  tag: [{ tag: 'red' }, 'a b'],
  'another tag': [{ tag: 'blue' }, 'b'],
  'a tag with quotes': [{ tag: '"red"' }, 'd'],
  'a tag beyond ASCII': [{ tag: 'größe' }, 'e'],
  status: [{ status: 'failed' }, 'c'],
  'the status of the vendor': [{ vendorStatus: 'CONTINUED' }, 'd'],
  'all at once': [
    { since: 900, name: 'n1', type: 't1', typeVersion: '1', tag: 'red', status: 'succeeded' },
    'a',
  ],
  'another scope': [{ scope: 'nowhere' }, ''],
  'another api': [{ api: 'other' }, ''],
};

async function pages(store: Store, query: Partial<ClosedQuery>, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let after: ClosedQuery['after'];
  for (;;) {
    const page = await store.listClosed({ ...anyClosed, ...query, limit, ...(after && { after }) });
    assert.ok(page.length <= limit);
    ids.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    if (last === undefined) return ids;
    after = { time: query.timeOf === 'started' ? last.startedAt : last.summary.endedAt, id: last.id };
  }
}

export function listingContract(storeTest: StoreTest): void {
  storeTest('lists and counts what meets the conditions', async (store, reopen) => {
    await storeClosed(store, five);
    for await (const each of livesOf(store, reopen)) {
      for (const [what, [filter, ids]] of Object.entries(filters)) {
        assert.equal((await idsClosed(each, filter)).join(' '), ids, what);
        const expected = ids === '' ? 0 : ids.split(' ').length;
        assert.equal(await each.countClosed({ ...anyClosed, ...filter }), expected, `count of ${what}`);
      }
    }
  });

  storeTest('lists whole executions', async (store) => {
    await storeClosed(store, five);
    const [newest] = await store.listClosed({ ...anyClosed, limit: 1 });
    assert.ok(newest);
    assert.deepEqual({ open: false, ...newest }, await store.readExecution(0, 'a'));
  });

  storeTest('orders by the time asked for, either way', async (store) => {
    await storeClosed(store, five);
    assert.deepEqual(await idsClosed(store, { timeOf: 'ended', order: 'newest' }), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(await idsClosed(store, { timeOf: 'ended', order: 'oldest' }), ['e', 'd', 'c', 'b', 'a']);
    assert.deepEqual(await idsClosed(store, { timeOf: 'started', order: 'newest' }), [
      'e',
      'd',
      'c',
      'b',
      'a',
    ]);
    assert.deepEqual(await idsClosed(store, { timeOf: 'started', order: 'oldest' }), [
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });

  storeTest('separates scopes and APIs', async (store) => {
    await storeClosed(store, { a: {}, b: { scope: 'other' }, c: { api: 'other' } });
    assert.deepEqual(await idsClosed(store), ['a']);
    assert.deepEqual(await idsClosed(store, { scope: 'other' }), ['b']);
    assert.deepEqual(await idsClosed(store, { api: 'other' }), ['c']);
  });

  storeTest('pages without gaps or repeats, also among equal times', async (store) => {
    const letters = [...'abcdefghijkl'];
    const executions = letters.map((id, index) => [
      id,
      {
        startedAt: 50 + (index >> 2),
        endedAt: index < 9 ? 100 : 101,
        shard: index % 3,
        name: id < 'g' ? 'x' : 'y',
        tags: 'bfgk'.includes(id) ? ['rare'] : [],
      },
    ]);
    await storeClosed(store, Object.fromEntries(executions));
    for (const timeOf of ['ended', 'started'] as const) {
      for (const order of ['newest', 'oldest'] as const) {
        for (const limit of [1, 2, 5, 12, 100]) {
          const expected = order === 'newest' ? letters.toReversed() : letters;
          assert.deepEqual(
            await pages(store, { timeOf, order }, limit),
            expected,
            `${timeOf} ${order} ${limit}`,
          );
          const named = expected.filter((id) => id < 'g');
          assert.deepEqual(await pages(store, { timeOf, order, name: 'x' }, limit), named);
          const tagged = expected.filter((id) => 'bfgk'.includes(id));
          assert.deepEqual(await pages(store, { timeOf, order, tag: 'rare' }, limit), tagged);
        }
      }
    }
  });

  storeTest('continues behind a place whose execution is gone', async (store) => {
    await storeClosed(store, five);
    assert.deepEqual(await idsClosed(store, { after: { time: 850, id: 'x' } }), ['c', 'd', 'e']);
    assert.deepEqual(await idsClosed(store, { after: { time: 800, id: 'd' } }), ['c', 'd', 'e']);
    assert.deepEqual(await idsClosed(store, { after: { time: 800, id: 'b' } }), ['d', 'e']);
    assert.deepEqual(await idsClosed(store, { order: 'oldest', after: { time: 800, id: 'b' } }), [
      'c',
      'b',
      'a',
    ]);
    assert.deepEqual(await idsClosed(store, { order: 'oldest', after: { time: 800, id: 'c' } }), ['b', 'a']);
  });

  storeTest('continues within the times asked for', async (store) => {
    await storeClosed(store, five);
    const inTimes = { since: 700, until: 900, after: { time: 900, id: 'b' } };
    assert.deepEqual(await idsClosed(store, inTimes), ['c', 'd']);
    assert.deepEqual(await idsClosed(store, { ...inTimes, after: { time: 5_000, id: 'x' } }), [
      'b',
      'c',
      'd',
    ]);
    assert.deepEqual(await idsClosed(store, { ...inTimes, after: { time: 700, id: 'a' } }), []);
    const oldest = { ...inTimes, order: 'oldest', type: 't2' } as const;
    assert.deepEqual(await idsClosed(store, { ...oldest, after: { time: 700, id: 'd' } }), ['c']);
    assert.deepEqual(await idsClosed(store, { ...oldest, after: { time: 0, id: 'x' } }), ['d', 'c']);
  });

  storeTest('never shows expired executions', async (store) => {
    await storeClosed(store, { a: { expiresAt: 3_000 }, b: { expiresAt: 3_001 }, c: {} });
    const shown = async (now: number): Promise<readonly [string[], number]> => [
      await idsClosed(store, { now }),
      await store.countClosed({ ...anyClosed, now }),
    ];
    assert.deepEqual(await shown(2_999), [['c', 'b', 'a'], 3]);
    assert.deepEqual(await shown(3_000), [['c', 'b'], 2]);
    assert.deepEqual(await shown(3_001), [['c'], 1]);
    assert.deepEqual(await idsClosed(store, { now: 3_000, name: 'name of a' }), []);
  });

  storeTest('finds the expired, oldest first, up to a limit', async (store, reopen) => {
    await storeClosed(store, {
      a: { expiresAt: 30, shard: 1 },
      b: { expiresAt: 10, shard: 2 },
      c: {},
      d: { expiresAt: 20, shard: 1 },
      e: { expiresAt: 31 },
    });
    const due = [
      { shard: 2, id: 'b' },
      { shard: 1, id: 'd' },
      { shard: 1, id: 'a' },
    ];
    for await (const each of livesOf(store, reopen)) {
      assert.deepEqual(await each.expired(30, 10), due);
      assert.deepEqual(await each.expired(30, 2), due.slice(0, 2));
      assert.deepEqual(await each.expired(10, 10), due.slice(0, 1));
      assert.deepEqual(await each.expired(9, 10), []);
    }
  });
}
