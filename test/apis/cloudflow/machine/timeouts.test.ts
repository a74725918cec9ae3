import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, invoke, last, mark, states, steps, types } from './definitions.ts';
import { machine } from './flow-run.ts';
import { FlowWorld } from './flow-world.ts';

const callback = { timeoutSeconds: 7, pattern: 'waitForCallback' };
const custom = { Timeout: 7, TaskMode: 'WaitForCustomCallback' };

/** Tasks that nobody ends in time: whether their call still runs, and the error. */
const tasks = [
  ['a step', steps([call('echo', { timeoutSeconds: 7 })]), true, 'FnF.TaskTimeout'],
  ['a step that waits for its callback', steps([call('echo', callback)]), false, 'FnF.TaskTimeout'],
  [
    'a step whose callback is to come, its call running',
    steps([call('echo', callback)]),
    true,
    'FnF.TaskTimeout',
  ],
  ['a state', states([invoke('echo', { Timeout: 7 })]), true, 'FnF.Timeout'],
  [
    'a state with a timeout of its input',
    states([invoke('echo', { 'Timeout.$': '$Input.t' })]),
    true,
    'FnF.Timeout',
  ],
  ['a state with a timeout in quotes', states([invoke('echo', { Timeout: '7' })]), true, 'FnF.Timeout'],
  [
    'a state with a timeout of its input, in quotes',
    states([invoke('echo', { 'Timeout.$': '$Input.quoted' })]),
    true,
    'FnF.Timeout',
  ],
  ['a state that waits for its callback', states([invoke('echo', custom)]), false, 'FnF.Timeout'],
] as const;

for (const [name, definition, isCallHeld, error] of tasks) {
  test(`timeout of ${name}`, () => {
    const world = new FlowWorld();
    if (isCallHeld) world.held.add('function');
    const run = world.start(definition, { t: 7, quoted: '7' });
    assert.equal(machine.wake(run.state), world.now + 7_000);
    world.advance(6.999);
    assert.equal(run.state.status, 'Running', 'not a millisecond early');
    world.advance(0.001);
    assert.match(types(run), /TaskTimedOut StepFailed ExecutionFailed$/);
    assert.equal(run.state.outcome?.ok === false && run.state.outcome.error, error);
    assert.deepEqual([...machine.effects(run.state)], []);
  });
}

test('a timeout of 0 is never', () => {
  const world = new FlowWorld();
  world.held.add('function');
  const run = world.start(states([invoke('echo', { Timeout: 0 })]));
  assert.equal(machine.wake(run.state), undefined);
});

test('each attempt has its own time, and the pause between has none', () => {
  const world = new FlowWorld();
  world.held.add('function');
  const retry = [{ errors: ['FnF.TaskTimeout'], intervalSeconds: 100, maxAttempts: 1 }];
  const task = call('echo', {
    timeoutSeconds: 7,
    retry,
    catch: [{ errors: ['FnF.TaskTimeout'], goto: 'end' }],
  });
  const run = world.start(steps([task, mark('end')]));
  world.finish();
  assert.deepEqual(world.waits, [7, 100, 7]);
  assert.deepEqual(run.state.outcome, { ok: true, output: { end: true } });
});

/** Limits of the definition and the settings in seconds, and which one ends the execution. */
const wholes = [
  ['of the definition', 5, 0, 5],
  ['of the settings', undefined, 6, 6],
  ['the shorter one: definition', 5, 6, 5],
  ['the shorter one: settings', 9, 6, 6],
] as const;

for (const [name, own, seconds, ends] of wholes) {
  const wait = { type: 'wait', name: 'w', duration: 60 };
  const waiting = { Type: 'Wait', Name: 'w', Seconds: 60, End: true };
  const definitions = [
    steps([wait], own === undefined ? {} : { timeoutSeconds: own }),
    states([waiting], own === undefined ? {} : { Timeout: own }),
  ];
  for (const definition of definitions) {
    test(`timeout of the execution, ${name}, ${definition.slice(2, 6)}`, () => {
      const world = new FlowWorld();
      const run = world.start(definition, {}, { limits: { seconds } });
      world.finish();
      assert.deepEqual(world.waits, [ends]);
      assert.equal(run.state.status, 'TimedOut');
      assert.equal(run.events.at(-1)?.type, 'ExecutionTimedOut');
      assert.equal(machine.summary(run.state).status, 'timed-out');
      assert.equal(machine.summary(run.state).endedAt, world.now);
    });
  }
}

test('the end of the execution goes before what falls due at the same time', () => {
  const world = new FlowWorld();
  const run = world.start(steps([{ type: 'wait', name: 'w', duration: 5 }], { timeoutSeconds: 5 }));
  world.finish();
  assert.equal(run.state.status, 'TimedOut');
});

test('what fell due while nobody looked happens in its order', () => {
  const branch = (seconds: number) => ({
    steps: [{ type: 'wait', name: `w${seconds}`, duration: seconds }, mark(`m${seconds}`)],
  });
  const fork = { type: 'parallel', name: 'p', branches: [branch(30), branch(10), branch(20)] };
  const world = new FlowWorld();
  const run = world.start(steps([fork]));
  world.now += 3_600_000;
  world.settle();
  const entered = run.events.filter(({ type, step }) => type === 'StepEntered' && step.startsWith('m'));
  assert.deepEqual(
    entered.map(({ step }) => step),
    ['m10', 'm20', 'm30'],
  );
  assert.equal(run.state.status, 'Succeeded');
});

/** Waits and the seconds they last. */
const waits = [
  ['a time to come', { timestamp: '$.soon' }, [10]],
  ['a time with an offset', { timestamp: '2026-01-01T08:00:05+08:00' }, [5]],
  ['a time that is past', { timestamp: '2020-01-01T00:00:00Z' }, []],
  ['no seconds', { duration: 0 }, []],
  ['part of a second', { duration: '$.part' }, [1.5]],
] as const;

for (const [name, until, expected] of waits) {
  test(`wait for ${name}`, () => {
    const world = new FlowWorld();
    const run = world.start(steps([{ type: 'wait', name: 'w', ...until }]), {
      soon: '2026-01-01T00:00:10Z',
      part: 1.5,
    });
    world.finish();
    assert.deepEqual(world.waits, [...expected]);
    assert.equal(run.state.status, 'Succeeded');
  });
}

test('a wait state keeps what it received', () => {
  const world = new FlowWorld();
  const wait = { Type: 'Wait', Name: 'w', Seconds: 3, Next: 'end' };
  const run = world.start(states([wait, { ...last('end'), OutputConstructor: { 'in.$': '$Input' } }]), {
    a: 1,
  });
  world.finish();
  assert.deepEqual(run.state.outcome, { ok: true, output: { in: { a: 1 } } });
});
