import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsedNonces } from '../../../src/wire/signatures/used-nonces.ts';

test('a nonce is good once, until its time is over', () => {
  const nonces = new UsedNonces();
  assert.equal(nonces.use('key', 'n', { now: 0, until: 100 }), true);
  assert.equal(nonces.use('key', 'n', { now: 99, until: 199 }), false);
  assert.equal(nonces.use('key', 'n', { now: 100, until: 200 }), true);
  assert.equal(nonces.use('key', 'n', { now: 199, until: 299 }), false);
});

test('each key has its own', () => {
  const nonces = new UsedNonces();
  assert.equal(nonces.use('a', 'n', { now: 0, until: 100 }), true);
  assert.equal(nonces.use('b', 'n', { now: 0, until: 100 }), true);
});

test('one that is kept longer does not keep others', () => {
  const nonces = new UsedNonces();
  nonces.use('key', 'long', { now: 0, until: 200 });
  nonces.use('key', 'short', { now: 0, until: 100 });
  assert.equal(nonces.use('key', 'short', { now: 150, until: 250 }), true);
  assert.equal(nonces.use('key', 'long', { now: 150, until: 250 }), false);
});

test('the oldest go when there are too many, not the latest', () => {
  const nonces = new UsedNonces(2);
  for (const nonce of ['1', '2', '3']) assert.equal(nonces.use('key', nonce, { now: 0, until: 100 }), true);
  assert.equal(nonces.use('key', '3', { now: 1, until: 100 }), false);
  assert.equal(nonces.use('key', '1', { now: 1, until: 100 }), true);
});

test('different nonces stay different beyond ASCII', () => {
  const nonces = new UsedNonces();
  assert.equal(nonces.use('key', 'é', { now: 0, until: 100 }), true);
  assert.equal(nonces.use('key', 'Ã©', { now: 0, until: 100 }), true);
  assert.equal(nonces.use('key', 'é', { now: 0, until: 100 }), false);
});
