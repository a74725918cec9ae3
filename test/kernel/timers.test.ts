import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Timer, Timers } from '../../src/kernel/timers.ts';
import { createFixedClock } from '../support/fixed-clock.ts';

type Step =
  | { readonly kind: 'set'; readonly timer: number; readonly delay: number }
  | { readonly kind: 'clear'; readonly timer: number }
  | { readonly kind: 'advance'; readonly by: number };

const TIMERS = 12;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    timer: fc.nat(TIMERS - 1),
    delay: fc.integer({ min: -20, max: 200 }),
  }),
  fc.record({ kind: fc.constant('clear' as const), timer: fc.nat(TIMERS - 1) }),
  fc.record({ kind: fc.constant('advance' as const), by: fc.nat(60) }),
);

test('the heap fires what a sorted list would, at the same time', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const clock = createFixedClock(1000);
      const timers = new Timers(clock);
      const fired: string[] = [];
      const expected: string[] = [];
      const due = new Map<number, number>();
      const all = Array.from(
        { length: TIMERS },
        (_, i): Timer => ({
          due: 0,
          place: -1,
          fire: () => fired.push(`${i} at ${clock.now()}`),
        }),
      );
      for (const action of steps) {
        if (action.kind === 'set') {
          timers.set(all[action.timer] as Timer, clock.now() + action.delay);
          due.set(action.timer, clock.now() + action.delay);
        } else if (action.kind === 'clear') {
          timers.clear(all[action.timer] as Timer);
          due.delete(action.timer);
        } else {
          const begin = clock.now();
          clock.advance(action.by);
          const passed = [...due].filter(([, time]) => time <= clock.now());
          for (const [timer, time] of passed) {
            due.delete(timer);
            expected.push(`${timer} at ${Math.max(begin, time)}`);
          }
        }
        assert.equal(timers.size, due.size);
        assert.deepEqual([...fired].sort(), [...expected].sort());
      }
    }),
    { numRuns: 300 },
  );
});

test('earlier times fire first', () => {
  const clock = createFixedClock(0);
  const timers = new Timers(clock);
  const fired: number[] = [];
  for (const due of [5, 3, 9, 1, 7, 3, 8, 2])
    timers.set({ due: 0, place: -1, fire: () => fired.push(due) }, due);
  clock.advance(10);
  assert.deepEqual(fired, [1, 2, 3, 3, 5, 7, 8, 9]);
});

test('thousands due at once all fire, and one that fails holds up none', () => {
  const clock = createFixedClock(0);
  const timers = new Timers(clock);
  let fired = 0;
  for (let i = 0; i < 3000; i++) timers.set({ due: 0, place: -1, fire: () => fired++ }, 10);
  const failing = (): never => {
    throw new Error('a fault of the test');
  };
  timers.set({ due: 0, place: -1, fire: failing }, 5);
  assert.throws(() => clock.advance(5));
  clock.advance(5);
  assert.equal(fired, 3000);
  assert.equal(timers.size, 0);
});

test('after stopping nothing fires, and clearing is still allowed', () => {
  const clock = createFixedClock(0);
  const timers = new Timers(clock);
  const timer: Timer = { due: 0, place: -1, fire: () => assert.fail('fired') };
  timers.set(timer, 10);
  timers.stop();
  timers.clear(timer);
  timers.set(timer, 20);
  clock.advance(100);
  assert.equal(timers.size, 0);
});
