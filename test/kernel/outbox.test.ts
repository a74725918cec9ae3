import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shardOfName } from '../../src/kernel/address.ts';
import { Unavailable } from '../../src/kernel/errors.ts';
import { openToyKernel, settle, type ToyKernel, toy } from '../support/toy-kernel.ts';
import { type ToyCommand, type ToyMessage, toyMachine } from '../support/toy-machine.ts';
import { toyStores } from '../support/toy-stores.ts';

const telling = (to: string, body: ToyMessage): ToyCommand => ({ type: 'tell', to: toy(to), body });

/** Sends all at once and in turn; which pairs of shards are meant is the caller's matter. */
function sendAll(
  { kernel }: ToyKernel,
  from: string,
  messages: readonly (readonly [string, ToyMessage])[],
): void {
  for (const [to, body] of messages) kernel.apply(toy(from), telling(to, body));
}

/** Long enough for every retry. */
async function deliverAll({ clock }: ToyKernel): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await settle();
    clock.advance(1000);
  }
  await settle();
}

/** What the store still has to send. */
async function undelivered({ store }: ToyKernel): Promise<number> {
  let count = 0;
  for await (const loaded of store.load(Array.from({ length: 256 }, (_, shard) => shard))) {
    if (loaded.kind === 'message') count++;
  }
  return count;
}

test('the names used here live in different shards', () => {
  assert.equal(new Set(['a', 'b', 'c'].map((name) => shardOfName(toy(name)))).size, 3);
});

/** Toys that fail on hearing `poison` until it is cured. */
function poisonable(): { readonly machine: typeof toyMachine; cured: boolean } {
  const poisoned = { cured: false, machine: toyMachine };
  poisoned.machine = {
    ...toyMachine,
    receive: (body, from) =>
      !poisoned.cured && (body as { text?: string }).text === 'poison'
        ? { start: false, command: { type: 'fail', after: 1, how: 'bug' } }
        : toyMachine.receive(body, from),
  };
  return poisoned;
}

test('a receiver that always fails is tried less and less often, and hears all in order once it can', async () => {
  for (const receiver of ['b', 'a']) {
    const poisoned = poisonable();
    const live = await openToyKernel({ machine: poisoned.machine });
    for (const toyName of new Set(['a', receiver])) await live.start(toyName);
    sendAll(live, 'a', [
      [receiver, { text: 'before' }],
      [receiver, { text: 'poison' }],
      [receiver, { text: 'after' }],
    ]);
    const wait = async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        await settle();
        live.clock.advance(1000);
      }
      await settle();
    };
    await wait(300);
    assert.ok(live.errors.length > 5 && live.errors.length < 15, `${live.errors.length} tries`);
    assert.deepEqual(live.state(receiver).heard, ['a: before']);
    poisoned.cured = true;
    await wait(61);
    assert.deepEqual(live.state(receiver).heard, ['a: before', 'a: poison', 'a: after']);
    assert.equal(await undelivered(live), 0);
  }
});

for (const { name, open } of toyStores) {
  test(`${name}: messages arrive once, in order, and leave the outbox`, async () => {
    const live = await openToyKernel({ store: await open() });
    for (const toyName of ['a', 'b', 'c']) await live.start(toyName);
    const texts = Array.from({ length: 50 }, (_, i) => `${i}`);
    sendAll(
      live,
      'a',
      texts.map((text) => [Number(text) % 2 ? 'b' : 'c', { text }]),
    );
    sendAll(live, 'a', [['a', { text: 'to myself' }]]);
    await deliverAll(live);
    assert.deepEqual(
      live.state('b').heard,
      texts.filter((text) => Number(text) % 2).map((text) => `a: ${text}`),
    );
    assert.deepEqual(
      live.state('c').heard,
      texts.filter((text) => Number(text) % 2 === 0).map((text) => `a: ${text}`),
    );
    assert.deepEqual(live.state('a').heard, ['a: to myself']);
    assert.equal(await undelivered(live), 0);
  });

  test(`${name}: what cannot be delivered comes back with the reason`, async () => {
    const live = await openToyKernel({ store: await open() });
    await live.start('a');
    await live.start('b');
    await live.start('c');
    await live.tell('c', { type: 'close' });
    sendAll(live, 'a', [
      ['nobody', { text: '1' }],
      ['b', { text: '2', start: true }],
      ['b', { text: 'unwelcome' }],
      ['c', { text: '4' }],
      ['child', { text: '5', start: true }],
    ]);
    await deliverAll(live);
    assert.deepEqual([...live.state('a').bounced].sort(), [
      '1: no-open-execution',
      '2: already-open',
      '4: no-open-execution',
      'unwelcome: rejected',
    ]);
    assert.equal(live.state('child').from, 'a');
    assert.equal(await undelivered(live), 0);
  });

  test(`${name}: exactly once, whichever commit the process dies at`, async () => {
    for (let boundary = 0; boundary < 8; boundary++) {
      const live = await openToyKernel({ store: await open() });
      for (const toyName of ['a', 'b', 'c']) await live.start(toyName);
      live.store.dieAt(live.store.commits + 1 + boundary);
      sendAll(live, 'a', [
        ['b', { text: '1' }],
        ['child', { text: '2', start: true }],
        ['b', { text: '3' }],
        ['nobody', { text: '4' }],
        ['c', { text: '5' }],
      ]);
      await settle();
      const again = await live.crash();
      await deliverAll(again);
      const message = `died after ${boundary} more commits`;
      assert.deepEqual(again.state('b').heard, ['a: 1', 'a: 3'], message);
      assert.deepEqual(again.state('c').heard, ['a: 5'], message);
      assert.deepEqual(again.state('a').bounced, ['4: no-open-execution'], message);
      assert.equal(again.state('child').from, 'a', message);
      assert.equal(await undelivered(again), 0, message);
    }
  });

  test(`${name}: exactly once, whichever commit fails`, async () => {
    for (let boundary = 0; boundary < 5; boundary++) {
      const live = await openToyKernel({ store: await open() });
      for (const toyName of ['a', 'b']) await live.start(toyName);
      sendAll(live, 'a', [
        ['b', { text: '1' }],
        ['b', { text: '2' }],
        ['nobody', { text: '3' }],
      ]);
      const until = live.store.commits + 1 + boundary;
      for (let i = 0; i < 50 && live.store.commits < until; i++)
        await new Promise((resolve) => setImmediate(resolve));
      live.store.failNext(1);
      if (live.kernel.durable() === undefined) live.kernel.apply(toy('b'), { type: 'add', amount: 1 });
      await deliverAll(live);
      await deliverAll(live);
      const message = `commit ${boundary} failed`;
      assert.deepEqual(live.state('b').heard, ['a: 1', 'a: 2'], message);
      assert.deepEqual(live.state('a').bounced, ['3: no-open-execution'], message);
      assert.equal(await undelivered(live), 0, message);
    }
  });

  test(`${name}: no sequence is used twice, not even after a restart`, async () => {
    let live = await openToyKernel({ store: await open() });
    await live.start('a');
    await live.start('b');
    const sequences: number[] = [];
    for (let round = 0; round < 3; round++) {
      sendAll(live, 'a', [['b', { text: `${round}` }]]);
      await deliverAll(live);
      sequences.push(
        ...live.store.written.flatMap((batch) =>
          batch.flatMap((part) => part.sent.map((row) => row.sequence)),
        ),
      );
      live = await live.crash();
    }
    assert.deepEqual(sequences, [1, 2, 3]);
    assert.deepEqual(live.state('b').heard, ['a: 0', 'a: 1', 'a: 2']);
  });

  test(`${name}: sequences of messages lost behind a failing commit are used again`, async () => {
    const live = await openToyKernel({ store: await open() });
    await live.start('a');
    await live.start('b');
    live.store.hold();
    live.kernel.apply(toy('a'), { type: 'add', amount: 1 });
    await settle();
    live.kernel.apply(toy('a'), telling('b', { text: 'lost' }));
    live.store.failNext(1);
    live.store.release();
    await settle();
    await live.tell('a', { type: 'add', amount: 1 });
    await live.tell('a', telling('b', { text: 'kept' }));
    await deliverAll(live);
    assert.deepEqual(live.state('b').heard, ['a: kept']);
    const written = live.store.written.flat();
    assert.deepEqual(
      written.flatMap((part) => part.sent.map((row) => row.sequence)),
      [1],
    );
    assert.ok(written.every((part) => part.cursors.every(({ sequence }) => sequence > 0)));
  });

  test(`${name}: a message of a command that is lost is never sent`, async () => {
    const live = await openToyKernel({ store: await open() });
    await live.start('a');
    await live.start('b');
    live.store.failNext(1);
    await assert.rejects(live.tell('a', telling('b', { text: 'lost' })), Unavailable);
    await settle();
    await live.tell('a', telling('b', { text: 'kept' }));
    await deliverAll(live);
    assert.deepEqual(live.state('b').heard, ['a: kept']);
  });
}
