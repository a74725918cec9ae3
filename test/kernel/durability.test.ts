import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Unavailable } from '../../src/kernel/errors.ts';
import { openToyKernel, openToys, settle, toy } from '../support/toy-kernel.ts';
import { toyStores } from '../support/toy-stores.ts';

/** Says whether a promise has been fulfilled or rejected, without waiting for it. */
function follow(promise: Promise<unknown> | undefined): { readonly outcome: () => string } {
  let outcome = 'waits';
  void promise?.then(
    () => {
      outcome = 'fulfilled';
    },
    (error: Error) => {
      outcome = error.name;
    },
  );
  return { outcome: () => outcome };
}

for (const { name, open } of toyStores) {
  test(`${name}: nothing shows before it is durable`, async () => {
    const ran: string[] = [];
    const { kernel, store, start, poll, state } = await openToyKernel({
      store: await open(),
      effects: { note: { leaseMs: 1000, run: async ({ key }) => ran.push(key) } },
    });
    const id = await start('a');
    await start('b');
    let changes = 0;
    kernel.watchers.watch(id, () => changes++);
    const waiting = follow(poll('q'));
    store.hold();
    kernel.apply(toy('a'), { type: 'add', amount: 1 });
    const reply = follow(kernel.durable());
    kernel.apply(toy('a'), { type: 'work', kind: 'note', input: 0 });
    kernel.apply(toy('a'), { type: 'offer', queue: 'q' });
    kernel.apply(toy('a'), { type: 'tell', to: toy('b'), body: { text: 'hello' } });
    await settle();
    assert.equal(reply.outcome(), 'waits');
    assert.equal(waiting.outcome(), 'waits');
    assert.deepEqual({ ran, changes, heard: state('b').heard }, { ran: [], changes: 0, heard: [] });
    store.release();
    await settle();
    assert.equal(reply.outcome(), 'fulfilled');
    assert.equal(waiting.outcome(), 'fulfilled');
    assert.equal(changes > 0, true);
    assert.deepEqual({ ran, heard: state('b').heard }, { ran: ['e3'], heard: ['a: hello'] });
  });

  test(`${name}: reading waits for what is in flight`, async () => {
    const { kernel, clock, store, start } = await openToyKernel({
      store: await open(),
      historyCacheCharacters: 0,
    });
    const id = await start('a');
    store.hold();
    kernel.apply(toy('a'), { type: 'close' });
    await settle();
    const query = {
      api: 'toy',
      scope: 'test',
      now: clock.now(),
      timeOf: 'ended',
      order: 'newest',
      limit: 9,
    } as const;
    const reads = [
      kernel.durable(),
      kernel.listClosed(query),
      kernel.countClosed(query),
      kernel.history(id, 1, 2),
    ];
    const followed = reads.map(follow);
    await settle();
    assert.deepEqual(new Set(followed.map(({ outcome }) => outcome())), new Set(['waits']));
    store.release();
    assert.deepEqual(
      (await kernel.listClosed(query)).map((found) => found.id),
      [id],
    );
    assert.equal(await reads[2], 1);
    assert.equal((await kernel.history(id, 1, 2)).length, 2);
    assert.equal(kernel.durable(), undefined);
  });

  test(`${name}: a reply waits for the batch that collects behind one in flight`, async () => {
    const { kernel, store, start } = await openToyKernel({ store: await open() });
    await start('a');
    store.hold();
    kernel.apply(toy('a'), { type: 'add', amount: 1 });
    const first = follow(kernel.durable());
    await settle();
    kernel.apply(toy('a'), { type: 'add', amount: 2 });
    const second = follow(kernel.durable());
    store.failNext(1);
    store.release();
    await settle();
    assert.deepEqual([first.outcome(), second.outcome()], ['Unavailable', 'Unavailable']);
  });

  test(`${name}: a failed commit leaves what the store holds, and everything goes on`, async () => {
    const ran: string[] = [];
    const toyKernel = await openToyKernel({
      store: await open(),
      effects: { hang: { leaseMs: 60_000, run: hanging(ran) } },
    });
    const { kernel, store, clock, errors, start, tell, poll, state } = toyKernel;
    await start('a');
    await tell('a', { type: 'work', kind: 'hang', input: 0 });
    await tell('a', { type: 'tell', to: toy('nobody'), body: { text: 'x' } });
    await settle();
    const before = openToys(kernel);
    const waiting = poll('q');
    store.failNext(1);
    await assert.rejects(tell('a', { type: 'offer', queue: 'q' }), Unavailable);
    assert.ok(kernel.failure instanceof Unavailable);
    assert.throws(() => kernel.start(toy('c'), { type: 'start' }), Unavailable);
    await settle();
    assert.equal(kernel.failure, undefined);
    assert.equal(errors.length, 1);
    assert.deepEqual(openToys(kernel), before);
    assert.deepEqual(ran, ['e2 begins', 'e2 ends', 'e2 begins']);
    await tell('a', { type: 'offer', queue: 'q' });
    assert.deepEqual((await waiting)?.reply, { key: 't5', name: 'a', again: false });
    clock.advance(5000);
    await settle();
    assert.deepEqual(state('a').bounced, ['x: no-open-execution']);
  });

  test(`${name}: a store that stays broken is tried until it works`, async () => {
    const { kernel, store, clock, start, tell, state } = await openToyKernel({ store: await open() });
    await start('a');
    store.breakDown();
    await assert.rejects(tell('a', { type: 'add', amount: 1 }), Unavailable);
    for (let round = 0; round < 5; round++) {
      clock.advance(1000);
      await settle();
      assert.notEqual(kernel.failure, undefined);
      await assert.rejects(tell('a', { type: 'add', amount: 1 }), Unavailable);
    }
    assert.equal(state('a').total, 0);
    store.mend();
    clock.advance(1000);
    await settle();
    assert.equal(kernel.failure, undefined);
    assert.equal(await tell('a', { type: 'add', amount: 1 }), 1);
  });

  test(`${name}: while shards are lost, what is in them is unavailable rather than absent`, async () => {
    const { kernel, store, start, tell } = await openToyKernel({ store: await open() });
    const id = await start('a');
    kernel.records.put('things', { id: 'x', version: 0, document: 1 });
    await kernel.durable();
    store.failNext(1);
    kernel.records.put('things', { id: 'y', version: 0, document: 2 });
    await assert.rejects(tell('a', { type: 'add', amount: 1 }), Unavailable);
    assert.throws(() => kernel.findOpen(toy('a')), Unavailable);
    assert.throws(() => kernel.countOpen('toy', 'test'), Unavailable);
    assert.throws(() => [...kernel.openIn('toy', 'test')], Unavailable);
    assert.throws(() => kernel.records.get('things', 'x'), Unavailable);
    await assert.rejects(kernel.find(id), Unavailable);
    await settle();
    assert.equal(kernel.countOpen('toy', 'test'), 1);
    assert.equal((await kernel.find(id)).version, 1);
    assert.equal(kernel.records.get('things', 'x')?.document, 1);
    assert.equal(kernel.records.get('things', 'y'), undefined);
  });

  test(`${name}: a poll whose hand-out is lost gets the task after recovery`, async () => {
    const { store, start, tell, poll, state } = await openToyKernel({ store: await open() });
    await start('a');
    await tell('a', { type: 'offer', queue: 'q' });
    store.failNext(1);
    assert.deepEqual((await poll('q'))?.reply, { key: 't2', name: 'a', again: false });
    assert.equal(store.commits, 3);
    assert.equal(state('a').tasks.t2?.claimed, true);
  });

  test(`${name}: tasks of shards that lost nothing stay in their queues through a failure`, async () => {
    const { kernel, store, clock, start, tell, poll } = await openToyKernel({ store: await open() });
    await start('a');
    await start('b');
    const leaving = new AbortController();
    store.breakDown();
    const waiting = poll('q');
    const other = poll('q', { signal: leaving.signal });
    await assert.rejects(tell('a', { type: 'offer', queue: 'q' }), Unavailable);
    leaving.abort();
    assert.equal(await other, undefined);
    store.mend();
    clock.advance(1000);
    await settle();
    await tell('b', { type: 'offer', queue: 'q' });
    assert.equal((await waiting)?.execution.identity.name, 'b');
    assert.equal(kernel.pending('q'), 0);
  });

  test(`${name}: an end that is not written yet is found in memory`, async () => {
    const { kernel, store, start, tell } = await openToyKernel({ store: await open() });
    const id = await start('a');
    store.hold();
    kernel.apply(toy('a'), { type: 'add', amount: 1 });
    await settle();
    kernel.apply(toy('a'), { type: 'close' });
    const reply = kernel.durable();
    store.release();
    await settle(1);
    assert.equal((await kernel.find(id)).summary.status, 'succeeded');
    await reply;
    assert.equal((await kernel.find(id)).summary.status, 'succeeded');
    assert.equal((await kernel.find(id)).eventCount, 3);
    await start('a');
    await tell('a', { type: 'add', amount: 1 });
  });
}

test('a loss while lost shards are read is noticed', async () => {
  const { kernel, store, clock, start, tell, state } = await openToyKernel();
  await start('a');
  await start('b');
  store.failNext(2);
  await assert.rejects(tell('a', { type: 'add', amount: 1 }), Unavailable);
  await settle();
  clock.advance(1000);
  await settle();
  store.mend();
  clock.advance(1000);
  await settle();
  assert.equal(kernel.failure, undefined);
  assert.equal(state('a').total, 0);
  assert.equal(await tell('b', { type: 'add', amount: 1 }), 1);
});

test('an answer in flight when the kernel stops is still given', async () => {
  const { kernel, store, clock, start } = await openToyKernel();
  await start('a');
  store.hold();
  kernel.apply(toy('a'), { type: 'add', amount: 1 });
  const reply = follow(kernel.durable());
  const stopped = kernel.stop();
  store.release();
  await stopped;
  assert.equal(reply.outcome(), 'fulfilled');
  clock.advance(100_000);
  assert.equal(clock.waiting, 0);
});

function hanging(ran: string[]) {
  return ({ key }: { readonly key: string }, { signal }: { readonly signal: AbortSignal }): Promise<never> =>
    new Promise((_, reject) => {
      ran.push(`${key} begins`);
      signal.addEventListener('abort', () => {
        ran.push(`${key} ends`);
        reject(signal.reason);
      });
    });
}
