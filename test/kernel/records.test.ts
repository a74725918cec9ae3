import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Unavailable, VersionConflict } from '../../src/kernel/errors.ts';
import { openToyKernel, settle } from '../support/toy-kernel.ts';
import { toyStores } from '../support/toy-stores.ts';

for (const { name, open } of toyStores) {
  test(`${name}: records count versions and refuse what was not seen`, async () => {
    const { kernel } = await openToyKernel({ store: await open() });
    const { records } = kernel;
    records.put('things', { id: 'x', version: 0, document: { size: 1 } });
    assert.deepEqual(records.get('things', 'x'), { id: 'x', version: 1, document: { size: 1 } });
    records.put('things', { id: 'x', version: 1, document: { size: 2 } });
    for (const version of [0, 1, 3])
      assert.throws(() => records.put('things', { id: 'x', version, document: 0 }), VersionConflict);
    assert.throws(() => records.remove('things', 'x', 1), VersionConflict);
    assert.throws(() => records.remove('things', 'y', 1), VersionConflict);
    await kernel.durable();
    assert.equal(records.get('things', 'x')?.version, 2);
    assert.equal(records.get('others', 'x'), undefined);
  });

  test(`${name}: records are listed by id, and are the same after a restart`, async () => {
    const live = await openToyKernel({ store: await open() });
    const { records } = live.kernel;
    for (const id of ['b', 'a', 'é', 'B', 'a/b', ''])
      records.put('things', { id, version: 0, document: { id } });
    records.put('others', { id: 'z', version: 0, document: null });
    records.remove('things', 'b', 1);
    records.put('things', { id: 'b', version: 0, document: 'again' });
    records.remove('things', 'B', 1);
    await live.kernel.durable();
    const again = await live.crash();
    for (const { kernel } of [live, again]) {
      assert.deepEqual(
        kernel.records.list('things').map(({ id }) => id),
        ['', 'a', 'a/b', 'b', 'é'],
      );
      assert.equal(kernel.records.count('things'), 5);
      assert.deepEqual(kernel.records.get('things', 'b'), { id: 'b', version: 1, document: 'again' });
      assert.equal(kernel.records.get('things', 'B'), undefined);
      assert.deepEqual(kernel.records.list('nothing'), []);
    }
    again.kernel.records.remove('things', 'é', 1);
    assert.deepEqual(
      again.kernel.records.list('things').map(({ id }) => id),
      ['', 'a', 'a/b', 'b'],
    );
    again.kernel.records.put('things', { id: 'c', version: 0, document: 0 });
    assert.deepEqual(
      again.kernel.records.list('things').map(({ id }) => id),
      ['', 'a', 'a/b', 'b', 'c'],
    );
  });

  test(`${name}: what a failed commit loses is as it was before`, async () => {
    const { kernel, store } = await openToyKernel({ store: await open() });
    const { records } = kernel;
    records.put('things', { id: 'x', version: 0, document: 1 });
    records.put('things', { id: 'y', version: 0, document: 1 });
    await kernel.durable();
    store.failNext(1);
    records.put('things', { id: 'x', version: 1, document: 2 });
    records.remove('things', 'y', 1);
    records.put('things', { id: 'z', version: 0, document: 1 });
    await assert.rejects(async () => kernel.durable(), Unavailable);
    assert.throws(() => records.list('things'), Unavailable);
    await settle();
    assert.deepEqual(records.list('things'), [
      { id: 'x', version: 1, document: 1 },
      { id: 'y', version: 1, document: 1 },
    ]);
    records.put('things', { id: 'x', version: 1, document: 3 });
    await kernel.durable();
    assert.equal(records.get('things', 'x')?.document, 3);
  });
}
