import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlreadyOpen, NoSuchExecution, Rejection } from '../../src/kernel/errors.ts';
import type { ClosedQuery, Store } from '../../src/kernel/store.ts';
import { makeFaulty } from '../support/faulty-store.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { openToyKernel, openToys, settle, toy } from '../support/toy-kernel.ts';
import { toyMachine } from '../support/toy-machine.ts';
import { toyStores } from '../support/toy-stores.ts';

const closedToys = (now: number): ClosedQuery => ({
  api: 'toy',
  scope: 'test',
  now,
  timeOf: 'ended',
  order: 'oldest',
  limit: 100,
});

for (const { name, open } of toyStores) {
  test(`${name}: one open execution of a name`, async () => {
    const { kernel, start, tell } = await openToyKernel({ store: await open() });
    const first = await start('a');
    assert.throws(() => kernel.start(toy('a'), { type: 'start' }), AlreadyOpen);
    assert.equal(kernel.findOpen(toy('a')).identity.id, first);
    assert.equal(kernel.findOpen(toy('a', first)).identity.id, first);
    await tell('a', { type: 'close' });
    assert.throws(() => kernel.findOpen(toy('a')), NoSuchExecution);
    assert.throws(() => kernel.apply(toy('a', first), { type: 'add', amount: 1 }), NoSuchExecution);
    const second = await start('a');
    assert.notEqual(second, first);
    assert.throws(() => kernel.findOpen(toy('b', second)), NoSuchExecution);
    assert.throws(() => kernel.findOpen({ ...toy('a', second), scope: 'other' }), NoSuchExecution);
    assert.equal((await kernel.find(first)).summary.status, 'succeeded');
    assert.equal((await kernel.find(second)).summary.status, 'running');
    for (const id of ['', 'nonsense', `00${second.slice(2, -1)}!`, 'ff0000000000000000000000'])
      await assert.rejects(kernel.find(id), NoSuchExecution);
  });

  test(`${name}: an execution starts when its first event says, and a successor when its predecessor ends`, async () => {
    const clock = createFixedClock();
    const now = (): number => {
      clock.jump(clock.now() + 1);
      return clock.now();
    };
    const moving = { ...clock, now };
    const { kernel, start } = await openToyKernel({ store: await open(), clock: moving });
    const first = await start('a');
    kernel.apply(toy('a'), { type: 'renew', successor: { type: 'start' } });
    const second = kernel.findOpen(toy('a')).identity.id;
    await kernel.durable();
    const times: number[] = [];
    for (const id of [first, second]) {
      const { startedAt } = (await kernel.find(id)).identity;
      const events = (await kernel.history(id, 1, 9)).map((event): { at?: number } => JSON.parse(event));
      assert.equal(events[0]?.at, startedAt);
      times.push(startedAt, events.at(-1)?.at ?? 0);
    }
    assert.equal(times[1], times[2]);
  });

  test(`${name}: a refusal changes nothing`, async () => {
    const { kernel, store, start, tell } = await openToyKernel({ store: await open() });
    assert.throws(() => kernel.start(toy('a'), { type: 'start', total: -1 }), Rejection);
    assert.equal(kernel.durable(), undefined);
    assert.equal(kernel.countOpen('toy', 'test'), 0);
    const id = await start('a');
    const before = await kernel.find(id);
    await assert.rejects(tell('a', { type: 'add', amount: 0 }), Rejection);
    assert.equal(await tell('a', { type: 'nothing' }), 'nothing');
    assert.deepEqual(await kernel.find(id), before);
    assert.equal(store.commits, 1);
  });

  test(`${name}: versions count commits, and histories have no gap`, async () => {
    const { kernel, store, start, tell } = await openToyKernel({ store: await open() });
    const id = await start('a');
    for (let amount = 1; amount <= 3; amount++) {
      kernel.apply(toy('a'), { type: 'add', amount, times: amount });
      kernel.apply(toy('a'), { type: 'remark', text: `${amount}` });
      await tell('a', { type: 'add', amount: 10 * amount });
    }
    await tell('a', { type: 'remark', text: 'only a note' });
    const found = await kernel.find(id);
    assert.deepEqual([found.version, found.eventCount], [5, 10]);
    const rows = store.written.flatMap((batch) => batch.flatMap((part) => part.executions));
    assert.deepEqual(
      rows.map(({ row }) => [row.version, row.firstEvent, row.eventCount]),
      [
        [1, 1, 1],
        [2, 2, 2],
        [3, 4, 3],
        [4, 7, 4],
        [5, 11, 0],
      ],
    );
  });

  for (const machine of [toyMachine, { ...toyMachine, isSeldomFollowed: true }]) {
    const where = machine === toyMachine ? 'from memory, from the store' : 'from the store alone';
    test(`${name}: histories read the same ${where} and after a restart`, async () => {
      const live = await openToyKernel({ store: await open(), machine });
      const id = await live.start('a');
      const expected = [`{"type":"started","total":0,"at":${live.clock.now()}}`];
      for (let round = 1; round <= 4; round++) {
        for (let i = 0; i < round; i++) {
          live.kernel.apply(toy('a'), { type: 'add', amount: round });
          expected.push(`{"type":"added","amount":${round}}`);
        }
        live.kernel.apply(toy('a'), { type: 'remark', text: 'between' });
        await live.kernel.durable();
      }
      const kernels = [
        live,
        await live.crash({ machine }),
        await live.crash({ machine, historyCacheCharacters: 0 }),
      ];
      for (const { kernel } of kernels) {
        for (let from = 1; from <= expected.length + 1; from++) {
          for (let to = from - 1; to <= expected.length + 2; to++) {
            assert.deepEqual(
              await kernel.history(id, from, to),
              expected.slice(from - 1, to),
              `${from}..${to}`,
            );
          }
        }
      }
    });
  }

  test(`${name}: a turn of many events is written whole, with its notes in their places`, async () => {
    const machine = { ...toyMachine, isSeldomFollowed: true };
    const live = await openToyKernel({ store: await open(), machine });
    const id = await live.start('a');
    for (const times of [1, 63, 64, 65, 200]) {
      live.kernel.apply(toy('a'), { type: 'add', amount: times, times });
      live.kernel.apply(toy('a'), { type: 'remark', text: 'behind' });
    }
    await live.kernel.durable();
    const added = [1, 63, 64, 65, 200].flatMap((times) => Array<string>(times).fill(addedText(times)));
    const again = await live.crash({ machine });
    for (const { kernel } of [live, again]) {
      assert.deepEqual((await kernel.history(id, 2, 1000)).length, added.length);
      for (const [from, to] of [
        [2, 1000],
        [60, 70],
        [64, 65],
        [128, 130],
        [394, 394],
      ] as const) {
        assert.deepEqual(await kernel.history(id, from, to), added.slice(from - 2, to - 1));
      }
    }
    assert.deepEqual(openToys(again.kernel), openToys(live.kernel));
    assert.equal((await again.kernel.find(id)).eventCount, 394);
  });

  test(`${name}: newest events come from memory, however little of it there is`, async () => {
    const { kernel, start, tell } = await openToyKernel({ store: await open(), historyCacheCharacters: 200 });
    const ids = [];
    for (const toyName of ['a', 'b', 'c']) ids.push(await start(toyName));
    for (let i = 1; i <= 20; i++)
      for (const toyName of ['a', 'b', 'c']) await tell(toyName, { type: 'add', amount: i });
    for (const id of ids) {
      const texts = await kernel.history(id, 1, 21);
      assert.deepEqual(
        texts.slice(1).map((text) => JSON.parse(text).amount),
        Array.from({ length: 20 }, (_, i) => i + 1),
      );
    }
  });

  test(`${name}: who follows an execution reads all of it without the store, its end included`, async () => {
    const store = makeFaulty(await open());
    let reads = 0;
    const readHistory: Store['readHistory'] = (query) => {
      reads += 1;
      return store.readHistory(query);
    };
    const { kernel, start, tell } = await openToyKernel({ store: { ...store, readHistory } });
    const id = await start('a');
    const pages: Promise<string[]>[] = [];
    kernel.watchers.watch(id, () => pages.push(kernel.history(id, 1, 10)));
    await tell('a', { type: 'add', amount: 1 });
    await tell('a', { type: 'close' });
    await settle();
    assert.deepEqual(
      (await Promise.all(pages)).map((texts) => texts.map((text) => JSON.parse(text).type)),
      [
        ['started', 'added'],
        ['started', 'added', 'closed'],
      ],
    );
    assert.equal(reads, 0);
    assert.equal((await kernel.history(id, 1, 10)).length, 3);
    assert.equal(reads, 1);
  });

  test(`${name}: notes keep their places among the events`, async () => {
    const live = await openToyKernel({ store: await open() });
    await live.start('a');
    for (const commits of [1, 2, 3]) {
      for (let i = 0; i < commits; i++) {
        live.kernel.apply(toy('a'), { type: 'remark', text: 'before' });
        live.kernel.apply(toy('a'), { type: 'remark', text: 'just before' });
        live.kernel.apply(toy('a'), { type: 'add', amount: 1 });
        live.kernel.apply(toy('a'), { type: 'remark', text: 'behind' });
      }
      await live.kernel.durable();
    }
    assert.equal(live.state('a').remarks.at(-1), 'behind at 6');
    assert.deepEqual(openToys((await live.crash()).kernel), openToys(live.kernel));
  });

  test(`${name}: snapshots come as histories grow, and reloading gives the same`, async () => {
    const live = await openToyKernel({ store: await open() });
    await live.start('a');
    for (let i = 0; i < 40; i++) await live.tell('a', { type: 'add', amount: 1, times: 200 });
    await live.tell('a', { type: 'remark', text: 'last' });
    const snapshots = live.store.written
      .flat()
      .flatMap((part) => part.executions.filter((delta) => delta.snapshot));
    assert.equal(snapshots.length, 3);
    const again = await live.crash();
    assert.deepEqual(openToys(again.kernel), openToys(live.kernel));
    assert.equal(await again.tell('a', { type: 'add', amount: 1 }), 8001);
    assert.deepEqual(openToys((await again.crash()).kernel), openToys(again.kernel));
  });

  test(`${name}: lists show open ones oldest first, also after a restart, and closed ones once they are durable`, async () => {
    const live = await openToyKernel({ store: await open() });
    const names = ['n', 'a', 'z', 'k', 'b'];
    for (const toyName of names) {
      await live.start(toyName);
      live.clock.advance(10);
    }
    await live.tell('z', { type: 'close' });
    const open_ = ['n', 'a', 'k', 'b'];
    const again = await live.crash();
    for (const { kernel, clock } of [live, again]) {
      assert.deepEqual(
        [...kernel.openIn('toy', 'test')].map((found) => found.identity.name),
        open_,
      );
      assert.equal(kernel.countOpen('toy', 'test'), 4);
      assert.equal(kernel.countOpen('toy', 'elsewhere'), 0);
      assert.deepEqual(
        (await kernel.listClosed(closedToys(clock.now()))).map((found) => found.name),
        ['z'],
      );
      assert.equal(await kernel.countClosed(closedToys(clock.now())), 1);
      assert.deepEqual(
        (await kernel.scopes()).map(({ scope }) => scope),
        ['test'],
      );
    }
    again.kernel.apply(toy('n'), { type: 'close' });
    assert.deepEqual((await again.kernel.listClosed(closedToys(again.clock.now()))).length, 2);
  });

  test(`${name}: a successor begins in the commit that closes its predecessor`, async () => {
    const { kernel, store, start, state, crash } = await openToyKernel({ store: await open() });
    const first = await start('a', { type: 'start', total: 5 });
    const second = kernel.apply(toy('a'), { type: 'renew', successor: { type: 'start', total: 7 } });
    assert.equal(kernel.findOpen(toy('a')).identity.id, second);
    await kernel.durable();
    assert.equal(store.commits, 2);
    assert.equal(state('a').total, 7);
    assert.equal((await kernel.find(first)).summary.status, 'succeeded');
    assert.equal(kernel.countOpen('toy', 'test'), 1);
    const again = await crash();
    assert.equal(again.kernel.findOpen(toy('a')).identity.id, second);
  });

  test(`${name}: reminders fire in time, and those of a downtime once after it`, async () => {
    const live = await openToyKernel({ store: await open() });
    const begin = live.clock.now();
    await live.start('a');
    await live.tell('a', { type: 'remind', after: 50 });
    await live.tell('a', { type: 'remind', after: 100 });
    await live.tell('a', { type: 'remind', after: 5000 });
    live.clock.advance(60);
    await settle();
    assert.deepEqual(live.state('a').reminded, [begin + 50]);
    live.clock.jump(begin + 2000);
    const again = await live.crash();
    await settle();
    assert.deepEqual(again.state('a').reminded, [begin + 50, begin + 2000]);
    again.clock.advance(3000);
    await settle();
    assert.deepEqual(again.state('a').reminded, [begin + 50, begin + 2000, begin + 5000]);
    const third = await again.crash();
    third.clock.advance(100_000);
    await settle();
    assert.equal(third.state('a').reminded.length, 3);
  });

  test(`${name}: time never goes back within an execution, not even over a restart`, async () => {
    const live = await openToyKernel({ store: await open() });
    const begin = live.clock.now();
    await live.start('a');
    live.clock.jump(begin + 500);
    await live.tell('a', { type: 'add', amount: 1 });
    live.clock.jump(begin - 5000);
    const again = await live.crash();
    await again.tell('a', { type: 'remind', after: 10 });
    assert.deepEqual(again.state('a').reminders, { 3: begin + 510 });
    await again.tell('a', { type: 'add', amount: 1, times: 5000 });
    const third = await again.crash();
    await third.tell('a', { type: 'remind', after: 20 });
    assert.equal(third.state('a').reminders[5004], begin + 520);
  });
}

const addedText = (amount: number): string => `{"type":"added","amount":${amount}}`;
