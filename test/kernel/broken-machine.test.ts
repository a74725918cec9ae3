import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shardOfName } from '../../src/kernel/address.ts';
import { NoSuchExecution, Unavailable } from '../../src/kernel/errors.ts';
import type { Machine } from '../../src/kernel/machine.ts';
import { openToyKernel, openToys, settle, toy } from '../support/toy-kernel.ts';
import { type ToyCommand, type ToyEvent, type ToyState, toyMachine } from '../support/toy-machine.ts';
import { toyStores } from '../support/toy-stores.ts';

const neighbours = sameShardNames(2);
const [a, b] = neighbours as [string, string];
const far = 'far away';

const bug: ToyCommand = { type: 'fail', after: 1, how: 'bug' };

for (const { name, open } of toyStores) {
  test(`${name}: a machine that fails half-way costs nobody what was acknowledged`, async () => {
    const { kernel, store, errors, start, tell, state } = await openToyKernel({ store: await open() });
    for (const toyName of [a, b, far]) await start(toyName);
    store.hold();
    kernel.apply(toy(a), { type: 'add', amount: 1 });
    await settle();
    kernel.apply(toy(a), { type: 'add', amount: 2 });
    kernel.apply(toy(b), { type: 'add', amount: 4 });
    const acknowledged = kernel.durable();
    assert.throws(() => kernel.apply(toy(a), bug), Unavailable);
    assert.throws(() => kernel.apply(toy(a), { type: 'add', amount: 1 }), Unavailable);
    assert.throws(() => kernel.apply(toy(b), { type: 'add', amount: 1 }), Unavailable);
    assert.equal(kernel.apply(toy(far), { type: 'add', amount: 1 }), 1);
    store.release();
    await acknowledged;
    await settle();
    assert.equal(kernel.failure, undefined);
    assert.deepEqual([state(a).total, state(b).total, state(far).total], [3, 4, 1]);
    assert.deepEqual(
      errors.map((error) => (error as Error).message),
      ['a bug in the toy'],
    );
    assert.equal(await tell(a, { type: 'add', amount: 1 }), 4);
  });

  test(`${name}: a failure with nothing pending is read again too`, async () => {
    const { kernel, start, tell, state } = await openToyKernel({ store: await open() });
    for (const toyName of [a, b]) await start(toyName);
    await tell(a, { type: 'add', amount: 1 });
    for (const how of ['bug', 'rejection'] as const) {
      assert.throws(() => kernel.apply(toy(a), { type: 'fail', after: 1, how }), Unavailable);
      await settle();
      assert.equal(state(a).total, 1);
    }
    assert.equal(kernel.countOpen('toy', 'test'), 2);
  });

  test(`${name}: a failure before anything was changed only refuses the command`, async () => {
    const { kernel, errors, start, state } = await openToyKernel({ store: await open() });
    await start(a);
    const before = state(a);
    assert.throws(() => kernel.apply(toy(a), { type: 'fail', after: 0, how: 'bug' }), Unavailable);
    assert.equal(state(a), before);
    assert.equal(errors.length, 1);
    assert.equal(kernel.apply(toy(a), { type: 'add', amount: 1 }), 1);
  });

  test(`${name}: a beginning that fails leaves nothing`, async () => {
    const { kernel, start, errors } = await openToyKernel({ store: await open() });
    await start(b);
    assert.throws(() => kernel.start(toy(a), bug), Unavailable);
    assert.throws(() => kernel.start(toy(a), { type: 'nothing' }), Unavailable);
    assert.equal(errors.length, 2);
    assert.throws(() => kernel.findOpen(toy(a)), NoSuchExecution);
    assert.deepEqual(Object.keys(openToys(kernel)), [b]);
    assert.equal(kernel.apply(toy(b), { type: 'add', amount: 1 }), 1);
    await start(a);
  });

  test(`${name}: an end whose successor cannot begin has not happened`, async () => {
    const live = await openToyKernel({ store: await open() });
    const id = await live.start(a, { type: 'start', total: 1 });
    for (const successor of [bug, { type: 'start', total: -1 }, { type: 'nothing' }] as const) {
      live.kernel.apply(toy(a), { type: 'add', amount: 1 });
      assert.throws(() => live.kernel.apply(toy(a), { type: 'renew', successor }), Unavailable);
      await settle();
      assert.equal(live.kernel.findOpen(toy(a)).identity.id, id);
      assert.deepEqual(Object.keys(openToys(live.kernel)), [a]);
    }
    const again = await live.crash();
    assert.deepEqual(openToys(again.kernel), openToys(live.kernel));
    assert.equal(again.state(a).total, 4);
  });

  test(`${name}: a state that broke off is never written`, async () => {
    const live = await openToyKernel({ store: await open() });
    await live.start(a);
    live.kernel.apply(toy(a), { type: 'add', amount: 1, times: 5000 });
    assert.throws(() => live.kernel.apply(toy(a), bug), Unavailable);
    await settle();
    assert.equal(live.state(a).total, 5000);
    assert.equal((await live.crash()).state(a).total, 5000);
  });
}

/** Fails half-way at every tick, and half-way at every claim. */
const poisonous: Machine<ToyState, ToyEvent, ToyCommand> = {
  ...toyMachine,
  decide: (turn, command) => {
    const reply = toyMachine.decide(turn, command);
    const isPoison = command.type === 'tick' || (command.type === 'claim' && turn.identity.name === a);
    if (isPoison) throw new TypeError('poison');
    return reply;
  },
};

test('an execution that fails at every tick rests ever longer, and the others work', async () => {
  const { kernel, clock, errors, start, tell, state } = await openToyKernel({ machine: poisonous });
  for (const toyName of [a, b]) await start(toyName);
  await tell(a, { type: 'remind', after: 10 });
  for (let second = 0; second < 300; second++) {
    clock.advance(1000);
    await settle(4);
    await tell(b, { type: 'add', amount: 1 });
  }
  assert.equal(errors.length > 3 && errors.length < 15, true, `${errors.length} failures`);
  assert.equal(state(b).total, 300);
  assert.equal(kernel.failure, undefined);
  await tell(a, { type: 'add', amount: 1 });
  await tell(a, { type: 'close' });
  const before = errors.length;
  clock.advance(100_000);
  await settle();
  assert.equal(errors.length, before);
});

test('a task that cannot be claimed holds up no queue', async () => {
  const { kernel, clock, start, tell, poll } = await openToyKernel({ machine: poisonous });
  for (const toyName of [a, far]) await start(toyName);
  const waiting = poll('q', { timeoutMs: 60_000 });
  await tell(a, { type: 'offer', queue: 'q' });
  await settle();
  assert.deepEqual([kernel.pollers('q'), kernel.pending('q')], [1, 0]);
  await tell(far, { type: 'offer', queue: 'q' });
  assert.equal((await waiting)?.execution.identity.name, far);
  clock.advance(10_000);
  await settle();
  assert.equal(kernel.pending('q'), 1);
});

test('a message that its receiver fails on waits, and others overtake it on other ways', async () => {
  const machine: typeof toyMachine = {
    ...toyMachine,
    receive: (body, from) => {
      if ('text' in (body as object) && (body as { text: string }).text === 'poison')
        throw new TypeError('poison');
      return toyMachine.receive(body, from);
    },
  };
  const live = await openToyKernel({ machine });
  for (const toyName of [a, far, 'b']) await live.start(toyName);
  live.kernel.apply(toy(far), { type: 'tell', to: toy(a), body: { text: 'ahead' } });
  live.kernel.apply(toy(far), { type: 'tell', to: toy(a), body: { text: 'poison' } });
  await live.tell(far, { type: 'tell', to: toy(a), body: { text: 'behind' } });
  await live.tell(far, { type: 'tell', to: toy('b'), body: { text: 'aside' } });
  await settle();
  live.clock.advance(5000);
  await settle();
  assert.deepEqual(live.state(a).heard, ['far away: ahead']);
  assert.deepEqual(live.state('b').heard, ['far away: aside']);
  assert.deepEqual(new Set(live.errors.map((error) => (error as Error).message)), new Set(['poison']));
  const mended = await live.crash({ machine: toyMachine });
  await settle();
  assert.deepEqual(mended.state(a).heard, ['far away: ahead', 'far away: poison', 'far away: behind']);
});

test('a tick that finds nothing to do does not end all waiting', async () => {
  let isBlind = true;
  const machine: typeof toyMachine = {
    ...toyMachine,
    decide: (turn, command) =>
      command.type === 'tick' && isBlind ? undefined : toyMachine.decide(turn, command),
  };
  const { clock, start, tell, state } = await openToyKernel({ machine });
  await start(a);
  await tell(a, { type: 'remind', after: 10 });
  clock.advance(5000);
  await settle();
  isBlind = false;
  clock.advance(5000);
  await settle();
  assert.equal(state(a).reminded.length, 1);
});

function sameShardNames(count: number): string[] {
  const shard = shardOfName(toy('toy 0'));
  const names: string[] = [];
  for (let i = 0; names.length < count; i++) {
    if (shardOfName(toy(`toy ${i}`)) === shard) names.push(`toy ${i}`);
  }
  return names;
}
