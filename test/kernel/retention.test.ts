import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoSuchExecution } from '../../src/kernel/errors.ts';
import { shardOfId } from '../../src/kernel/ids.ts';
import { openToyKernel, settle, toy } from '../support/toy-kernel.ts';
import { toyStores } from '../support/toy-stores.ts';

for (const { name, open } of toyStores) {
  test(`${name}: an expired execution is gone at once, and its rows soon after`, async () => {
    const { kernel, clock, store, start, tell } = await openToyKernel({ store: await open() });
    const id = await start('a');
    const kept = await start('b');
    await tell('a', { type: 'close', keepFor: 500 });
    await tell('b', { type: 'close' });
    clock.advance(499);
    assert.equal((await kernel.find(id)).summary.status, 'succeeded');
    clock.advance(1);
    await assert.rejects(kernel.find(id), NoSuchExecution);
    clock.advance(1000);
    await settle();
    assert.equal(await store.readExecution(shardOfId(id) as number, id), undefined);
    assert.deepEqual(await kernel.history(id, 1, 10), []);
    clock.advance(1_000_000);
    await settle();
    assert.equal((await kernel.find(kept)).eventCount, 2);
  });

  test(`${name}: many are forgotten in small steps, through failures`, async () => {
    const { kernel, clock, store } = await openToyKernel({ store: await open() });
    const ids: string[] = [];
    for (let i = 0; i < 450; i++) {
      ids.push(kernel.start(toy(`${i}`), { type: 'start' }).identity.id);
      kernel.apply(toy(`${i}`), { type: 'close', keepFor: 1 });
    }
    await kernel.durable();
    store.failNext(1);
    for (let i = 0; i < 8; i++) {
      clock.advance(1000);
      await settle();
    }
    const left = [];
    for (const id of ids) left.push(await store.readExecution(shardOfId(id) as number, id));
    assert.deepEqual(new Set(left), new Set([undefined]));
    assert.equal(kernel.failure, undefined);
  });
}
