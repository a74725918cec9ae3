import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EffectContext, EffectRunner } from '../../src/kernel/effects.ts';
import { NoLongerWanted, Rejection, Unavailable } from '../../src/kernel/errors.ts';
import { openToyKernel, settle, toy } from '../support/toy-kernel.ts';

interface Run extends EffectContext {
  readonly key: string;
  readonly input: unknown;
  readonly succeed: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** A runner whose runs the test ends by hand; it does not care about being aborted. */
function manualRunner(leaseMs = 1000): { readonly runs: Run[]; readonly runner: EffectRunner } {
  const runs: Run[] = [];
  const run: EffectRunner['run'] = ({ key, input }, context) =>
    new Promise((succeed, fail) => runs.push({ ...context, key, input, succeed, fail }));
  return { runs, runner: { run, leaseMs } };
}

const work = { type: 'work', kind: 'manual', input: { n: 1 } } as const;

test('an effect runs once, after the commit that asked for it, and its outcome is recorded', async () => {
  const { runs, runner } = manualRunner();
  const { kernel, store, start, state } = await openToyKernel({ effects: { manual: runner } });
  const id = await start('a');
  store.hold();
  kernel.apply(toy('a'), work);
  await settle();
  assert.equal(runs.length, 0);
  store.release();
  await settle();
  assert.deepEqual([runs[0]?.key, runs[0]?.input, runs[0]?.execution.id], ['e2', { n: 1 }, id]);
  kernel.apply(toy('a'), { type: 'add', amount: 1 });
  await settle();
  runs[0]?.succeed('done');
  await settle();
  assert.deepEqual(state('a').outcomes, { e2: { ok: true, value: 'done' } });
  assert.deepEqual(state('a').work, {});
  assert.equal(runs.length, 1);
});

test('what a runner throws is the outcome', async () => {
  const { runs, runner } = manualRunner();
  const { start, tell, state } = await openToyKernel({
    effects: {
      manual: runner,
      sudden: {
        leaseMs: 1000,
        run: () => {
          throw new Error('at once');
        },
      },
    },
  });
  await start('a');
  await tell('a', work);
  await tell('a', work);
  await tell('a', { type: 'work', kind: 'sudden', input: 0 });
  await settle();
  runs[0]?.fail(new Error('no luck'));
  runs[1]?.fail(new Rejection('no-such-file', 'There is no such file.', { path: '/x' }));
  await settle();
  assert.deepEqual(state('a').outcomes, {
    e2: { ok: false, error: 'failed', details: 'no luck' },
    e3: { ok: false, error: 'no-such-file', details: { path: '/x' } },
    e4: { ok: false, error: 'failed', details: 'at once' },
  });
});

test('an effect that nobody can run is reported and waits for a kernel that can', async () => {
  const { runner, runs } = manualRunner();
  const live = await openToyKernel();
  await live.start('a');
  await live.tell('a', work);
  await settle();
  assert.equal(live.errors.length, 1);
  await live.crash({ effects: { manual: runner } });
  assert.equal(runs.length, 1);
});

test('giving up and closing abort what runs, and its outcome is dropped', async () => {
  for (const command of [{ type: 'give-up', key: 'e2' }, { type: 'close' }] as const) {
    const { runs, runner } = manualRunner();
    const { kernel, store, start, tell, errors } = await openToyKernel({ effects: { manual: runner } });
    const id = await start('a');
    await tell('a', work);
    store.hold();
    kernel.apply(toy('a'), command);
    await settle();
    assert.equal(runs[0]?.signal.aborted, false);
    store.release();
    await settle();
    assert.equal(runs[0]?.signal.aborted, true);
    assert(runs[0].signal.reason instanceof NoLongerWanted);
    runs[0]?.succeed('too late');
    await settle();
    assert.deepEqual((await kernel.find(id)).eventCount, 3);
    assert.deepEqual([runs.length, errors.length], [1, 0]);
  }
});

test('an effect asked for and given up within one commit does not run', async () => {
  const { runs, runner } = manualRunner();
  const { kernel, start } = await openToyKernel({ effects: { manual: runner } });
  await start('a');
  kernel.apply(toy('a'), work);
  kernel.apply(toy('a'), { type: 'give-up', key: 'e2' });
  await settle();
  assert.equal(runs.length, 0);
});

test('without a heartbeat the work is aborted and begun again, with heartbeats it goes on', async () => {
  const { runs, runner } = manualRunner(1000);
  const { clock, start, tell, state } = await openToyKernel({ effects: { manual: runner } });
  await start('a');
  await tell('a', work);
  for (let i = 0; i < 5; i++) {
    clock.advance(900);
    runs[0]?.heartbeat();
    await settle();
  }
  assert.deepEqual([runs.length, runs[0]?.signal.aborted], [1, false]);
  clock.advance(1000);
  await settle();
  assert.deepEqual([runs.length, runs[0]?.signal.aborted, runs[1]?.signal.aborted], [2, true, false]);
  runs[0]?.heartbeat();
  runs[0]?.succeed('from the first');
  await settle();
  assert.deepEqual(state('a').outcomes, {});
  runs[1]?.succeed('from the second');
  await settle();
  assert.deepEqual(state('a').outcomes, { e2: { ok: true, value: 'from the second' } });
  clock.advance(10_000);
  await settle();
  assert.equal(runs.length, 2);
});

test('an effect whose outcome is not written runs again after a restart, others do not', async () => {
  const { runs, runner } = manualRunner();
  const live = await openToyKernel({ effects: { manual: runner } });
  await live.start('a');
  await live.tell('a', work);
  await live.tell('a', work);
  await settle();
  runs[0]?.succeed('written');
  await settle();
  live.store.dieAt(live.store.commits);
  runs[1]?.succeed('not written');
  await settle();
  const again = await live.crash();
  assert.deepEqual(
    runs.map((run) => run.key),
    ['e2', 'e3', 'e3'],
  );
  runs[2]?.succeed('now');
  await settle();
  assert.deepEqual(again.state('a').outcomes, {
    e2: { ok: true, value: 'written' },
    e3: { ok: true, value: 'now' },
  });
});

test('an outcome lost with its batch is found by running again', async () => {
  const { runs, runner } = manualRunner();
  const { store, start, tell, state } = await openToyKernel({ effects: { manual: runner } });
  await start('a');
  await tell('a', work);
  store.failNext(1);
  runs[0]?.succeed('lost');
  await settle();
  assert.deepEqual([runs.length, state('a').outcomes], [2, {}]);
  runs[1]?.succeed('kept');
  await settle();
  assert.deepEqual(state('a').outcomes, { e2: { ok: true, value: 'kept' } });
});

test('an outcome that cannot be written yet is told again', async () => {
  const { runs, runner } = manualRunner(60_000);
  const { kernel, store, clock, start, tell, state } = await openToyKernel({ effects: { manual: runner } });
  await start('a');
  await start('b');
  await tell('a', work);
  store.breakDown();
  await assert.rejects(tell('b', { type: 'add', amount: 1 }), Unavailable);
  runs[0]?.succeed('patience');
  await settle();
  assert.deepEqual(state('a').outcomes, {});
  store.mend();
  for (let i = 0; i < 3; i++) {
    clock.advance(1000);
    await settle();
  }
  assert.equal(kernel.failure, undefined);
  assert.deepEqual(state('a').outcomes, { e2: { ok: true, value: 'patience' } });
  assert.equal(runs.length, 1);
});

test('stopping aborts everything and begins nothing', async () => {
  const { runs, runner } = manualRunner();
  const { kernel, start, tell, crash } = await openToyKernel({ effects: { manual: runner } });
  await start('a');
  await tell('a', work);
  kernel.apply(toy('a'), work);
  await kernel.stop();
  await settle();
  assert.deepEqual([runs.length, runs[0]?.signal.aborted], [1, true]);
  assert(!(runs[0]?.signal.reason instanceof NoLongerWanted), 'it will be begun again');
  await crash();
  assert.deepEqual(
    runs.map((run) => run.key),
    ['e2', 'e2', 'e3'],
  );
});
