import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KeyedLock } from '../../src/lib/keyed-lock.ts';

/** What happens when somebody has the lock. */
async function taken(
  lock: KeyedLock,
  done: string[],
  name: string,
  signal?: AbortSignal,
): Promise<() => void> {
  const giveBack = await lock.take('a', signal);
  done.push(name);
  return giveBack;
}

describe('KeyedLock', () => {
  it('lets one at a time in, in order of arrival, and other keys meanwhile', async () => {
    const lock = new KeyedLock();
    const done: string[] = [];
    const first = await taken(lock, done, 'first');
    const waiting = [taken(lock, done, 'second'), taken(lock, done, 'third')] as const;
    (await lock.take('b'))();
    assert.deepEqual(done, ['first']);
    first();
    (await waiting[0])();
    (await waiting[1])();
    assert.deepEqual(done, ['first', 'second', 'third']);
  });

  it('lets nobody wait longer than his signal, and others no shorter', async () => {
    const lock = new KeyedLock();
    const done: string[] = [];
    const first = await taken(lock, done, 'first');
    const ending = new AbortController();
    const leaving = taken(lock, done, 'second', ending.signal);
    const last = taken(lock, done, 'third', new AbortController().signal);
    ending.abort(new Error('no longer wanted'));
    await assert.rejects(leaving, { message: 'no longer wanted' });
    await assert.rejects(taken(lock, done, 'fourth', ending.signal), { message: 'no longer wanted' });
    assert.deepEqual(done, ['first']);
    first();
    (await last)();
    (await taken(lock, done, 'fifth'))();
    assert.deepEqual(done, ['first', 'third', 'fifth']);
  });
});
