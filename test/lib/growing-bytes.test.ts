import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrowingBytes } from '../../src/lib/growing-bytes.ts';

test('pieces come back in their order, and once', () => {
  const bytes = new GrowingBytes();
  for (const text of ['', 'a', '', 'bcd', 'e', 'fghijklmnop']) bytes.add(Buffer.from(text));
  assert.equal(bytes.size, 16);
  assert.equal(bytes.take().toString(), 'abcdefghijklmnop');
  assert.deepEqual([bytes.size, bytes.take().length], [0, 0]);
  bytes.add(Buffer.from('next'));
  assert.equal(bytes.take().toString(), 'next');
});

test('a piece is never written over', () => {
  const bytes = new GrowingBytes();
  const whole = Buffer.from('first of more');
  bytes.add(whole.subarray(0, 5));
  bytes.add(Buffer.from('-----'));
  const taken = bytes.take();
  bytes.add(Buffer.from('others'));
  assert.deepEqual([whole.toString(), taken.toString()], ['first of more', 'first-----']);
});

test('small pieces are not joined anew with each one', (t) => {
  const allocate = t.mock.method(Buffer, 'allocUnsafe');
  const bytes = new GrowingBytes();
  for (let piece = 0; piece < 10_000; piece++) bytes.add(Buffer.of(piece % 256));
  assert.equal(bytes.take().length, 10_000);
  assert.ok(allocate.mock.callCount() < 20, `${allocate.mock.callCount()} allocations`);
});
