import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Departures } from '../../../src/apis/transfer/steps/departures.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { settle } from '../../support/toy-kernel.ts';

/** Work that comes, by name, and what of it has begun. */
function open(milliseconds: number) {
  const clock = createFixedClock();
  const departures = new Departures(clock, milliseconds);
  const begun: string[] = [];
  const come = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) void departures.next().then(() => begun.push(name));
    await settle();
  };
  const pass = async (time: number): Promise<void> => {
    clock.advance(time);
    await settle();
  };
  return { clock, begun, come, pass };
}

test('the first begins at once, those that come soon after it together', async () => {
  const { begun, come, pass } = open(50);
  await come('a');
  assert.deepEqual(begun, ['a']);
  await come('b');
  await pass(49);
  await come('c');
  assert.deepEqual(begun, ['a']);
  await pass(1);
  assert.deepEqual(begun, ['a', 'b', 'c']);
  await come('d');
  assert.deepEqual(begun, ['a', 'b', 'c']);
  await pass(50);
  assert.deepEqual(begun, ['a', 'b', 'c', 'd']);
});

test('after a pause the next begins at once', async () => {
  const { begun, come, pass } = open(50);
  await come('a');
  await pass(50);
  await come('b');
  assert.deepEqual(begun, ['a', 'b']);
});

test('a clock that is put back holds up nothing', async () => {
  const { clock, begun, come } = open(50);
  await come('a');
  clock.jump(clock.now() - 3_600_000);
  await come('b');
  assert.deepEqual(begun, ['a', 'b']);
});

test('without a time to wait each begins at once', async () => {
  const { begun, come } = open(0);
  await come('a');
  await come('b', 'c');
  assert.deepEqual(begun, ['a', 'b', 'c']);
});
