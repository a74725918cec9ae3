import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleMachine } from '../../../../src/apis/cloudflow/schedules/machine.ts';
import { World } from '../../../support/turn.ts';

const MINUTE = 60_000;
const settings = { name: 's', cron: '0 * * * * *', payload: '', isEnabled: true, description: '' };

/** A schedule for each full minute, begun half a minute before one. */
function begun() {
  const world = new World(scheduleMachine, ({ state }) => state.closed !== null);
  world.now = 1_700_000_010_000;
  const run = world.begin('f/s', { kind: 'create', scheduleId: 'id', settings });
  const first = 1_700_000_040_000;
  const starting = (): number[] =>
    [...scheduleMachine.effects(run.state)].map(({ input }) => (input as { due: number }).due);
  const finish = (due: number): void => world.finish(run, `start-${due}`, { ok: true, value: 'e' });
  return { world, run, first, starting, finish };
}

test('each due time asks for one start', () => {
  const { world, first, starting, finish } = begun();
  world.advance(MINUTE);
  assert.deepEqual(starting(), [first]);
  finish(first);
  assert.deepEqual(starting(), []);
  world.advance(MINUTE);
  assert.deepEqual(starting(), [first + MINUTE]);
});

test('of what was missed only the latest starts', () => {
  const { world, first, starting } = begun();
  world.advance(10 * MINUTE);
  assert.deepEqual(starting(), [first + 9 * MINUTE]);
});

test('what falls due during a start waits for its end', () => {
  const { world, first, starting, finish } = begun();
  world.advance(MINUTE);
  world.advance(MINUTE);
  assert.deepEqual(starting(), [first]);
  finish(first);
  world.settle();
  assert.deepEqual(starting(), [first + MINUTE]);
});

test('what was due before it is switched off still starts, nothing after it', () => {
  const { world, run, first, starting, finish } = begun();
  world.now = first + 1;
  world.apply(run, { kind: 'change', settings: { ...settings, isEnabled: false } });
  assert.deepEqual(starting(), [first]);
  finish(first);
  world.advance(10 * MINUTE);
  assert.deepEqual(starting(), []);
});

test('a schedule that is removed starts nothing', () => {
  const { world, run, starting } = begun();
  world.apply(run, { kind: 'remove' });
  world.advance(10 * MINUTE);
  assert.deepEqual(starting(), []);
});
