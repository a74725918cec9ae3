import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, invoke, last, mark, put, states, steps, types } from './definitions.ts';
import { FlowWorld } from './flow-world.ts';

/** Retry rules of each language, then the pauses in seconds and how often the function is called. */
const retries = [
  ['doubling', [{ errors: ['BoomError'], intervalSeconds: 10, maxAttempts: 3 }], [10, 20, 40], 4],
  [
    'a longest pause',
    [{ errors: ['BoomError'], intervalSeconds: 10, multiplier: 10, maxIntervalSeconds: 50, maxAttempts: 3 }],
    [10, 50, 50],
    4,
  ],
  ['a fraction', [{ errors: ['BoomError'], intervalSeconds: 2, multiplier: 1.5, maxAttempts: 2 }], [2, 3], 3],
  ['by default', [{ errors: ['BoomError'] }], [1, 2, 4], 4],
  ['no attempts', [{ errors: ['BoomError'], maxAttempts: 0 }], [], 1],
  ['another error', [{ errors: ['Other'], maxAttempts: 5 }], [], 1],
  [
    'only the first rule that fits',
    [
      { errors: ['Other'], intervalSeconds: 7 },
      { errors: ['FnF.ALL'], intervalSeconds: 3, maxAttempts: 1 },
      { errors: ['BoomError'], intervalSeconds: 9 },
    ],
    [3],
    2,
  ],
] as const;

for (const [name, retry, pauses, calls] of retries) {
  test(`retry of a step: ${name}`, () => {
    const world = new FlowWorld();
    const run = world.start(steps([call('boom', { retry })]));
    world.finish();
    assert.deepEqual(world.waits, [...pauses]);
    assert.deepEqual(world.calls, { boom: calls });
    assert.deepEqual(run.state.outcome, { ok: false, error: 'BoomError', cause: 'as always' });
  });
}

const once = { Errors: ['FnF.ALL'], MaxAttempts: 2, IntervalSeconds: 5 };

test('without a rate the pauses of a state stay the same', () => {
  const world = new FlowWorld();
  world.start(states([invoke('boom', { Retry: [once] })]));
  world.finish();
  assert.deepEqual(world.waits, [5, 5]);
});

test('a parallel is begun again as a whole, and an attempt is given up with its branches', () => {
  const branch = (state: ReturnType<typeof last>) => ({ StartAt: state.Name ?? '', States: [state] });
  const slow = { Type: 'Wait', Name: 'slow', Seconds: 60, End: true };
  const fork = { Type: 'Parallel', Name: 'p', Retry: [once], End: true };
  const world = new FlowWorld();
  const run = world.start(states([{ ...fork, Branches: [branch(slow), branch(invoke('flaky'))] }]));
  world.finish();
  assert.deepEqual(world.waits, [5, 5, 60]);
  assert.deepEqual(world.calls, { flaky: 3 });
  assert.equal(run.state.status, 'Succeeded');
  assert.equal(run.events.filter(({ type }) => type === 'BranchEntered').length, 6);
  assert.equal(run.events.filter(({ type }) => type === 'BranchExited').length, 2);
});

test('a map is begun again, and expressions see how often', () => {
  const seen = { Type: 'Pass', Name: 'seen', Next: 'boom' };
  const processor = { StartAt: 'seen', States: [seen, invoke('boom')] };
  const caught = {
    Errors: ['BoomError'],
    Next: 'end',
    OutputConstructor: { 'n.$': '$Context.Current.RetryCount' },
  };
  const map = { Type: 'Map', Name: 'm', ItemsPath: '$Input.items', Processor: processor, End: true };
  const end = { Type: 'Pass', Name: 'end', End: true };
  const world = new FlowWorld();
  const run = world.start(states([{ ...map, Retry: [once], Catch: [caught] }, end]), { items: [1] });
  world.finish();
  assert.deepEqual(world.waits, [5, 5]);
  assert.deepEqual(run.state.outcome, { ok: true, output: { n: 2 } });
});

/** Catch rules, and where the flow goes on; undefined where nothing catches. */
const catches = [
  ['by name', ['BoomError'], 'handler'],
  ['by any name', ['FnF.ALL'], 'handler'],
  ['by another name', ['Other'], undefined],
] as const;

for (const [name, errors, goesTo] of catches) {
  test(`catch of a step ${name}`, () => {
    const errorMappings = [put('e', '$local.error'), put('c', '$local.cause'), put('d', '$local.code')];
    const task = call('boom', { catch: [{ errors, goto: 'handler' }], errorMappings, end: true });
    const run = new FlowWorld().start(steps([task, mark('skipped'), mark('handler')]));
    const caught = { e: 'BoomError', c: 'as always', d: 'BoomError', handler: true };
    const uncaught = { ok: false, error: 'BoomError', cause: 'as always' };
    assert.deepEqual(run.state.outcome, goesTo === undefined ? uncaught : { ok: true, output: caught });
  });

  test(`catch of a state ${name}`, () => {
    const rule = {
      Errors: errors,
      Next: 'handler',
      OutputConstructor: { 'd.$': '$Context.Current.Error.Detail' },
    };
    const handler = { Type: 'Pass', Name: 'handler', End: true };
    const run = new FlowWorld().start(states([invoke('boom', { Catch: [rule] }), handler]));
    const uncaught = { ok: false, error: 'BoomError', cause: 'as always' };
    assert.deepEqual(
      run.state.outcome,
      goesTo === undefined ? uncaught : { ok: true, output: { d: 'as always' } },
    );
  });
}

test('a catch rule without a constructor gives an empty map', () => {
  const rule = { Errors: ['FnF.ALL'], Next: 'end' };
  const end = { Type: 'Pass', Name: 'end', End: true };
  const run = new FlowWorld().start(states([invoke('boom', { Catch: [rule] }), end]), { a: 1 });
  assert.deepEqual(run.state.outcome, { ok: true, output: {} });
});

test('the failure of a catch rule itself goes up in place of the first', () => {
  const rule = { Errors: ['FnF.ALL'], Next: 'end', OutputConstructor: { 'n.$': 'stringToJson("{")' } };
  const run = new FlowWorld().start(states([invoke('boom', { Catch: [rule] }), last('end')]));
  const { outcome } = run.state;
  assert.equal(outcome?.ok === false && outcome.error, 'FnF.RuntimeError');
});

test('a fail state is caught by the parallel around it', () => {
  const fail = { Type: 'Fail', Name: 'no', Code: 'Mine', Detail: 'why' };
  const fork = { Type: 'Parallel', Name: 'p', Branches: [{ StartAt: 'no', States: [fail] }], End: true };
  const run = new FlowWorld().start(
    states([{ ...fork, Catch: [{ Errors: ['Mine'], Next: 'end' }] }, last('end')]),
  );
  assert.deepEqual(run.state.outcome, { ok: true, output: { at: 'end' } });
});

/** What a step cannot do, and the cause of its failure. */
const unusable = [
  ['a duration that is no number', { type: 'wait', name: 's', duration: '$.text' }, /number of seconds/],
  ['a negative duration', { type: 'wait', name: 's', duration: '$.minus' }, /number of seconds/],
  [
    'a duration over the limit',
    { type: 'wait', name: 's', duration: '$.long' },
    /no longer than 100 seconds/,
  ],
  ['a timestamp that is no time', { type: 'wait', name: 's', timestamp: '$.text' }, /needs a time/],
  [
    'a collection that is no array',
    { type: 'foreach', name: 's', iterationMapping: { collection: '$.text', item: 'i' }, steps: [mark('m')] },
    /must be an array/,
  ],
  ['a flow ARN without a flow', { type: 'task', name: 's', resourceArn: 'acs:fnf:::x' }, /names no flow/],
] as const;

for (const [name, step, cause] of unusable) {
  test(`a step fails by ${name}`, () => {
    const given = { text: 'soon', minus: -1, long: 101 };
    const run = new FlowWorld().start(steps([step]), given, { limits: { waitSeconds: 100 } });
    const { outcome } = run.state;
    assert.ok(outcome !== undefined && !outcome.ok);
    assert.equal(outcome.error, 'FnF.RuntimeError');
    assert.match(outcome.cause, cause);
    assert.match(types(run), /StepFailed ExecutionFailed$/);
  });
}

test('what can be caught of a task includes what keeps it from being called', () => {
  const task = { type: 'task', name: 's', resourceArn: 'acs:oss:::bucket' };
  const rule = { errors: ['oss.ServiceNotConfigured'], goto: 'end' };
  const run = new FlowWorld().start(steps([{ ...task, catch: [rule] }, mark('end')]));
  assert.deepEqual(run.state.outcome, { ok: true, output: { end: true } });
});

test('a result that is no object is no local', () => {
  const run = new FlowWorld().start(steps([call('scalar')]));
  assert.match(types(run), /TaskStarted TaskFailed StepFailed ExecutionFailed$/);
  const { outcome } = run.state;
  assert.equal(outcome?.ok === false && outcome.error, 'FnF.InvalidLocal');
});
