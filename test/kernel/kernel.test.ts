import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerOf, openToyKernel, settle, toy } from '../support/toy-kernel.ts';

test('a toy lives through everything the kernel offers', async () => {
  const { kernel, clock, start, tell } = await openToyKernel({
    effects: { double: { leaseMs: 1000, run: async ({ input }) => Number(input) * 2 } },
  });
  const id = await start('a', { type: 'start', total: 1 });
  assert.equal(await tell('a', { type: 'add', amount: 4 }), 5);
  await tell('a', { type: 'remind', after: 100 });
  await tell('a', { type: 'work', kind: 'double', input: 21 });
  await tell('a', { type: 'offer', queue: 'q' });
  const handOut = await kernel.poll({
    queue: 'q',
    claim: (key, again) => ({ type: 'claim', key, again }),
    timeoutMs: 1000,
    most: 10,
    caller: callerOf(new AbortController().signal),
  });
  assert.deepEqual(handOut?.reply, { key: 't5', name: 'a', again: false });
  await start('b');
  await tell('a', { type: 'tell', to: toy('b'), body: { text: 'hello' } });
  clock.advance(100);
  await settle();
  const a = await kernel.find(id);
  assert.deepEqual((a.state as { outcomes: unknown }).outcomes, { e4: { ok: true, value: 42 } });
  assert.deepEqual((a.state as { reminded: unknown }).reminded, [1_700_000_000_100]);
  assert.deepEqual((kernel.findOpen(toy('b')).state as { heard: unknown }).heard, ['a: hello']);
  await tell('a', { type: 'close' });
  assert.equal((await kernel.find(id)).summary.status, 'succeeded');
  assert.equal((await kernel.history(id, 1, 100)).length, (await kernel.find(id)).eventCount);
  await kernel.stop();
});

test('opening is given up in the middle, and loses nothing', async () => {
  const { start, kernel, crash } = await openToyKernel();
  for (let count = 0; count < 1200; count++) kernel.start(toy(`toy ${count}`), { type: 'start' });
  await start('the last one');
  const reason = new Error('told to stop');
  await assert.rejects(crash({ signal: AbortSignal.abort(reason) }), reason);
  const { kernel: next } = await crash();
  assert.equal(next.countOpen('toy', 'test'), 1201);
  await next.stop();
});
