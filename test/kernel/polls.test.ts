import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rejection } from '../../src/kernel/errors.ts';
import { openToyKernel, settle, toy } from '../support/toy-kernel.ts';
import { toyStores } from '../support/toy-stores.ts';

test('tasks go out by priority, then by age', async () => {
  const { clock, start, tell, poll } = await openToyKernel();
  const offers = [
    ['a', 0],
    ['b', 5],
    ['c', 0],
    ['d', -5],
    ['e', 5],
  ] as const;
  for (const [name, priority] of offers) {
    await start(name);
    clock.advance(1);
    await tell(name, { type: 'offer', queue: 'q', priority });
  }
  const order = [];
  for (const _ of offers) order.push((await poll('q'))?.execution.identity.name);
  assert.deepEqual(order, ['b', 'e', 'a', 'c', 'd']);
});

for (const { name, open } of toyStores) {
  test(`${name}: queues are the same after a restart, whatever the shards`, async () => {
    const live = await openToyKernel({ store: await open() });
    const names = Array.from({ length: 20 }, (_, i) => `toy ${i}`);
    for (const toyName of names) {
      await live.start(toyName);
      live.clock.advance(1);
      await live.tell(toyName, { type: 'offer', queue: 'q', priority: Number(toyName.slice(4)) % 3 });
    }
    await live.poll('q');
    const again = await live.crash();
    assert.equal(again.kernel.pending('q'), 19);
    const order = [];
    for (let i = 0; i < 19; i++) order.push((await again.poll('q'))?.execution.identity.name);
    const byRank = names
      .map((toyName, i) => ({ toyName, priority: i % 3, i }))
      .sort((a, b) => b.priority - a.priority || a.i - b.i)
      .map(({ toyName }) => toyName);
    assert.deepEqual(order, byRank.slice(1));
  });

  test(`${name}: a task whose taker leaves before the answer goes to the next one`, async () => {
    const { kernel, store, start, tell, poll, state } = await openToyKernel({ store: await open() });
    await start('a');
    await tell('a', { type: 'offer', queue: 'q' });
    const leaving = new AbortController();
    store.hold();
    const first = poll('q', { signal: leaving.signal });
    await settle();
    assert.equal(state('a').tasks.t2?.claimed, true);
    const second = poll('q');
    leaving.abort();
    store.release();
    assert.equal(await first, undefined);
    assert.deepEqual((await second)?.reply, { key: 't2', name: 'a', again: true });
    assert.deepEqual([kernel.pending('q'), kernel.pollers('q')], [0, 0]);
  });
}

test('who only waits no longer still gets what was claimed', async () => {
  const { kernel, store, start, tell, poll } = await openToyKernel();
  await start('a');
  await tell('a', { type: 'offer', queue: 'q' });
  const ending = new AbortController();
  store.hold();
  const taken = poll('q', { signal: ending.signal, hasLeft: () => false });
  await settle();
  ending.abort();
  store.release();
  assert.deepEqual((await taken)?.reply, { key: 't2', name: 'a', again: false });
  assert.equal(kernel.pending('q'), 0);
});

test('a task handed back leaves with its execution', async () => {
  const { kernel, store, start, tell, poll } = await openToyKernel();
  await start('a');
  await tell('a', { type: 'offer', queue: 'q' });
  const leaving = new AbortController();
  store.hold();
  const taken = poll('q', { signal: leaving.signal });
  await settle();
  leaving.abort();
  store.release();
  await taken;
  assert.equal(kernel.pending('q'), 1);
  await tell('a', { type: 'add', amount: 1 });
  assert.equal(kernel.pending('q'), 1);
  await tell('a', { type: 'close' });
  assert.equal(kernel.pending('q'), 0);
});

test('a task handed back that its execution gave up meanwhile is not handed out', async () => {
  const { kernel, store, clock, start, tell, poll } = await openToyKernel();
  await start('a');
  await tell('a', { type: 'offer', queue: 'q' });
  const leaving = new AbortController();
  store.hold();
  const taken = poll('q', { signal: leaving.signal });
  await settle();
  leaving.abort();
  store.release();
  await taken;
  await tell('a', { type: 'withdraw', key: 't2' });
  const next = poll('q', { timeoutMs: 100 });
  clock.advance(100);
  assert.equal(await next, undefined);
  assert.equal(kernel.pending('q'), 0);
});

test('polls are served in order of arrival, and end on time', async () => {
  const { kernel, clock, start, tell, poll } = await openToyKernel();
  await start('a');
  const polls = [poll('q', { timeoutMs: 100 }), poll('q', { timeoutMs: 300 }), poll('q', { timeoutMs: 200 })];
  assert.equal(kernel.pollers('q'), 3);
  clock.advance(100);
  assert.equal(await polls[0], undefined);
  await tell('a', { type: 'offer', queue: 'q' });
  assert.equal((await polls[1])?.execution.identity.name, 'a');
  clock.advance(100);
  assert.equal(await polls[2], undefined);
  assert.equal(kernel.pollers('q'), 0);
});

test('a client who leaves while waiting swallows nothing', async () => {
  const { kernel, start, tell, poll } = await openToyKernel();
  await start('a');
  const leaving = new AbortController();
  const first = poll('q', { signal: leaving.signal });
  const second = poll('q');
  leaving.abort();
  assert.equal(await first, undefined);
  await tell('a', { type: 'offer', queue: 'q' });
  assert.notEqual(await second, undefined);
  assert.equal(await poll('q', { signal: AbortSignal.abort() }), undefined);
  assert.equal(kernel.pollers('q'), 0);
});

test('one poll too many is refused', async () => {
  const { kernel, poll } = await openToyKernel();
  const waiting = [poll('q', { most: 2 }), poll('q', { most: 2 })];
  await assert.rejects(poll('q', { most: 2 }), (error: Rejection) => error.reason === 'too-many-pollers');
  await assert.rejects(poll('other', { most: 0 }), Rejection);
  kernel.endPolls();
  assert.deepEqual(await Promise.all(waiting), [undefined, undefined]);
});

test('a poll passes over tasks that are gone, and keeps its place', async () => {
  const { kernel, start, tell, poll } = await openToyKernel();
  await start('a');
  const first = poll('q');
  const second = poll('q');
  kernel.apply(toy('a'), { type: 'offer', queue: 'q' });
  kernel.apply(toy('a'), { type: 'withdraw', key: 't2' });
  await kernel.durable();
  await tell('a', { type: 'offer', queue: 'q' });
  assert.deepEqual((await first)?.reply, { key: 't4', name: 'a', again: false });
  await tell('a', { type: 'offer', queue: 'q' });
  assert.deepEqual((await second)?.reply, { key: 't6', name: 'a', again: false });
});

test('a claim that cannot even be built fails its poll alone', async () => {
  const { kernel, start, tell, poll } = await openToyKernel();
  await start('a');
  await start('b');
  const claim = (): never => {
    throw new TypeError('no claim');
  };
  const failing = poll('q', { claim });
  const failed = assert.rejects(failing, TypeError);
  await tell('a', { type: 'offer', queue: 'q' });
  await failed;
  await tell('b', { type: 'offer', queue: 'q' });
  assert.equal((await poll('q'))?.execution.identity.name, 'b');
  await tell('a', { type: 'add', amount: 1 });
  assert.equal(kernel.pending('q'), 1);
  assert.equal((await poll('q'))?.execution.identity.name, 'a');
});

test('thousands of tasks and polls leave nothing behind', async () => {
  const { kernel, clock, start, tell, poll } = await openToyKernel();
  const count = 2000;
  for (let i = 0; i < count; i++) kernel.start(toy(`${i}`), { type: 'start' });
  await kernel.durable();
  const polls = Array.from({ length: count + 500 }, () => poll('q', { most: 5000 }));
  for (let i = 0; i < count; i++) kernel.apply(toy(`${i}`), { type: 'offer', queue: 'q' });
  const taken = new Set<string | undefined>();
  for (const handOut of polls.slice(0, count)) taken.add((await handOut)?.execution.identity.name);
  assert.equal(taken.size, count);
  assert.equal(kernel.pollers('q'), 500);
  clock.advance(10_000);
  assert.deepEqual(new Set(await Promise.all(polls.slice(count))), new Set([undefined]));
  assert.deepEqual([kernel.pollers('q'), kernel.pending('q')], [0, 0]);
  await start('last');
  await tell('last', { type: 'close' });
  assert.equal(clock.waiting <= 1, true);
});
