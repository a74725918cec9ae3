import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import type { MapRun } from '../../../../src/apis/cloudflow/machine/state.ts';
import { waitsOf } from '../../../../src/apis/cloudflow/machine/waiting.ts';
import type { Rejection } from '../../../../src/kernel/errors.ts';
import { details, last, states, story, types } from './definitions.ts';
import { type FlowRun, machine } from './flow-run.ts';
import { FlowWorld } from './flow-world.ts';

/** Fails on items that have `bad`, waits for the seconds of the others, and gives their `n` twice. */
const processor = {
  StartAt: 'look',
  States: [
    {
      Type: 'Choice',
      Name: 'look',
      Branches: [{ Condition: '$Input.bad == true', Next: 'bad' }],
      Default: 'wait',
    },
    { Type: 'Fail', Name: 'bad', Code: 'Bad', Detail: 'item' },
    { Type: 'Wait', Name: 'wait', 'Seconds.$': '$Input.wait', Next: 'give' },
    { Type: 'Pass', Name: 'give', OutputConstructor: { 'n.$': 'intAdd($Input.n, $Input.n)' }, End: true },
  ],
};

function distributed(more: JsonObject = {}, ...others: readonly JsonObject[]): string {
  const config = { ExecutionMode: 'Standard' };
  const map = {
    Type: 'Map',
    Name: 'm',
    ItemsPath: '$Input.items',
    Processor: processor,
    ProcessorConfig: config,
  };
  return states([{ ...map, End: true, ...more }, ...others]);
}

function items(count: number, bad: readonly number[] = [], wait = 1): JsonObject {
  return { items: Array.from({ length: count }, (_, n) => ({ n, wait, bad: bad.includes(n) })) };
}

function mapRunOf(run: FlowRun): MapRun {
  const [mapRun] = Object.values(run.state.mapRuns);
  assert.ok(mapRun);
  return mapRun;
}

const none = { pending: 0, running: 0, succeeded: 0, failed: 0, aborted: 0 };

test('items are child executions, some at a time, and their outputs the result', () => {
  const world = new FlowWorld();
  const run = world.start(distributed({ MaxConcurrency: 2 }), items(5));
  const { name } = mapRunOf(run);
  assert.deepEqual(mapRunOf(run).counts, { ...none, pending: 3, running: 2, total: 5 });
  assert.deepEqual(details(run, 'MapRunStarted'), [{ output: { MapRunName: name } }]);
  assert.deepEqual(
    waitsOf(run.state).map(({ on }) => on.for),
    ['map-run'],
  );
  const children = world.runs.slice(1);
  assert.deepEqual(
    children.map(({ identity, state }) => [identity.name, state.mapRun, state.input]),
    [0, 1].map((n) => [`${name}-${n}`, name, JSON.stringify({ n, wait: 1, bad: false })]),
  );
  assert.deepEqual(machine.summary((children[0] as FlowRun).state).detail, { MapRunName: name });
  world.finish();
  assert.deepEqual(world.waits, [1, 1, 1]);
  const Items = [0, 1, 2, 3, 4].map((n) => ({ n: 2 * n }));
  assert.deepEqual(run.state.outcome, { ok: true, output: { Items } });
  assert.deepEqual(mapRunOf(run).counts, { ...none, succeeded: 5, total: 5 });
  assert.equal(mapRunOf(run).status, 'Succeeded');
  assert.deepEqual(story(run).slice(1), [
    '2<1 StepEntered m',
    '3<2 StepStarted m',
    '4<3 MapRunStarted m',
    '5<4 MapRunSucceeded m',
    '6<5 StepSucceeded m',
    '7<6 StepExited m',
    '8<7 ExecutionSucceeded',
  ]);
});

test('no items are no children', () => {
  const run = new FlowWorld().start(distributed(), items(0));
  assert.deepEqual(run.state.outcome, { ok: true, output: { Items: [] } });
  assert.deepEqual(mapRunOf(run).counts, { ...none, total: 0 });
});

/** Tolerances, how many of four items fail, and whether the map does. */
const tolerances = [
  ['none', {}, 1, false],
  ['none needed', {}, 0, true],
  ['a count that is kept', { ToleratedFailureCount: 2 }, 2, true],
  ['a count that is passed', { ToleratedFailureCount: 1 }, 2, false],
  ['a percentage that is kept', { ToleratedFailurePercentage: 50 }, 2, true],
  ['a percentage that is passed', { ToleratedFailurePercentage: 49 }, 2, false],
  ['the stricter of both', { ToleratedFailureCount: 1, ToleratedFailurePercentage: 100 }, 2, false],
  ['all of them', { ToleratedFailurePercentage: 100 }, 4, true],
] as const;

for (const [name, tolerance, failing, succeeds] of tolerances) {
  test(`tolerated failures: ${name}`, () => {
    const world = new FlowWorld();
    const bad = Array.from({ length: failing }, (_, n) => n);
    const run = world.start(distributed(tolerance), items(4, bad));
    world.finish();
    const { status } = mapRunOf(run);
    assert.equal(run.state.status, succeeds ? 'Succeeded' : 'Failed');
    assert.equal(status, succeeds ? 'Succeeded' : 'Failed');
    if (succeeds) {
      const Items = [0, 1, 2, 3].map((n) => (bad.includes(n) ? null : { n: 2 * n }));
      assert.deepEqual(run.state.outcome, { ok: true, output: { Items } });
    } else {
      assert.deepEqual(run.state.outcome, { ok: false, error: 'Bad', cause: 'item' });
      assert.match(types(run), /MapRunFailed StepFailed ExecutionFailed$/);
    }
  });
}

test('a map that fails stops its children and counts what never ended', () => {
  const world = new FlowWorld();
  const run = world.start(distributed({ MaxConcurrency: 3 }), items(6, [2], 60));
  assert.equal(run.state.status, 'Failed');
  assert.deepEqual(mapRunOf(run).counts, { ...none, failed: 1, aborted: 5, total: 6 });
  assert.deepEqual(
    world.runs.slice(1).map(({ state }) => state.status),
    ['Stopped', 'Stopped', 'Failed'],
  );
});

test('a failing map is caught, and a retried one has another map run', () => {
  const Retry = [{ Errors: ['Bad'], MaxAttempts: 1, IntervalSeconds: 5 }];
  const Catch = [{ Errors: ['Bad'], Next: 'end' }];
  const world = new FlowWorld();
  const run = world.start(distributed({ Retry, Catch }, last('end')), items(1, [0]));
  world.finish();
  assert.deepEqual(world.waits, [5]);
  assert.deepEqual(run.state.outcome, { ok: true, output: { at: 'end' } });
  assert.equal(new Set(Object.keys(run.state.mapRuns)).size, 2);
});

test('items are constructed, limited and put into batches', () => {
  const more = {
    MaxItems: 5,
    ToleratedFailurePercentage: 100,
    ItemConstructor: { 'n.$': '$Item.n', 'from.$': '$Input.name' },
    ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { 'who.$': '$Input.name' } },
  };
  const world = new FlowWorld();
  const run = world.start(distributed(more), { ...items(7), name: 'x' });
  const inputs = world.runs.slice(1).map(({ state }) => JSON.parse(state.input));
  const item = (n: number) => ({ n, from: 'x' });
  assert.deepEqual(inputs, [
    { BatchInput: { who: 'x' }, Items: [item(0), item(1)] },
    { BatchInput: { who: 'x' }, Items: [item(2), item(3)] },
    { BatchInput: { who: 'x' }, Items: [item(4)] },
  ]);
  assert.equal(mapRunOf(run).counts.total, 5, 'items are counted, not batches');
});

test('a map run can be changed while it goes on', () => {
  const world = new FlowWorld();
  const run = world.start(distributed({ MaxConcurrency: 1 }), items(4, [0], 60), {});
  assert.equal(run.state.status, 'Failed', 'without tolerance');

  const tolerant = world.start(
    distributed({ MaxConcurrency: 1, ToleratedFailureCount: 4 }),
    items(4, [0], 60),
  );
  const { name: mapRun } = mapRunOf(tolerant);
  assert.equal(mapRunOf(tolerant).counts.running, 1);
  world.apply(tolerant, { kind: 'update-map-run', mapRun, concurrency: 3, toleratedFailedPercentage: 50 });
  assert.equal(mapRunOf(tolerant).counts.running, 3);
  assert.equal(mapRunOf(tolerant).concurrency, 3);
  assert.equal(tolerant.state.status, 'Running', 'one of four is tolerated');
  world.apply(tolerant, { kind: 'update-map-run', mapRun, toleratedFailedCount: 0 });
  assert.equal(tolerant.state.status, 'Failed');
  assert.throws(
    () => world.apply(tolerant, { kind: 'update-map-run', mapRun, concurrency: 9 }),
    (error) => (error as Rejection).reason === 'MapRunNotExists',
  );
});

test('a stopped execution stops its map run and the children', () => {
  const world = new FlowWorld();
  const run = world.start(distributed(), items(3, [], 60));
  world.apply(run, { kind: 'stop', error: 'Halt', cause: 'enough' });
  assert.match(types(run), /MapRunStarted MapRunStopped ExecutionStopped$/);
  assert.equal(mapRunOf(run).status, 'Stopped');
  assert.equal(mapRunOf(run).stoppedAt, world.now);
  assert.deepEqual(
    world.runs.map(({ state }) => state.status),
    ['Stopped', 'Stopped', 'Stopped', 'Stopped'],
  );
});

test('the end of a child is counted once, and strangers are not', () => {
  const world = new FlowWorld();
  const run = world.start(distributed(), items(2, [], 60));
  const { name } = mapRunOf(run);
  const outcome = { ok: true, output: {} } as const;
  const ends = [`${name}-0`, `${name}-0`, `${name}-7`, `${name}-x`, 'other-1'];
  for (const executionName of ends) {
    world.apply(run, { kind: 'child-ended', taskEventId: 2, executionName, outcome });
  }
  assert.deepEqual(mapRunOf(run).counts, { ...none, running: 1, succeeded: 1, total: 2 });
});

test('children see neither the globals nor the history of their parent', () => {
  const set = { Type: 'Pass', Name: 's', GlobalConstructor: { g: 1 }, Next: 'm' };
  const inner = {
    StartAt: 'p',
    States: [{ Type: 'Pass', Name: 'p', OutputConstructor: { 'g.$': '$Global.g' }, End: true }],
  };
  const map = { Type: 'Map', Name: 'm', ItemsPath: '$Input.items', End: true };
  const config = { ProcessorConfig: { ExecutionMode: 'Express' } };
  const world = new FlowWorld();
  const run = world.start(states([set, { ...map, ...config, Processor: inner }]), { items: [5] });
  assert.deepEqual(run.state.outcome, { ok: true, output: { Items: [{ g: null }] } });
  assert.equal(world.runs[1]?.state.flow.mode, 'Express');
});

for (const [MaxConcurrency, running] of [
  [undefined, 100],
  [60, 60],
] as const)
  test(`${MaxConcurrency ?? 'no'} wish for concurrency lets ${running} children run`, () => {
    const wish = MaxConcurrency === undefined ? {} : { MaxConcurrency };
    const run = new FlowWorld().start(distributed(wish), items(150));
    assert.equal(mapRunOf(run).concurrency, running);
    assert.equal(mapRunOf(run).counts.running, running);
  });

test('a map run has no more items than it may have, but for those that MaxItems leaves out', () => {
  const limits = { mapItems: 3 };
  const failed = new FlowWorld().start(distributed(), items(4), { limits });
  assert.deepEqual(failed.state.outcome, {
    ok: false,
    error: 'FnF.DataLimitExceeded',
    cause: 'The map has more than 3 items.',
  });
  const world = new FlowWorld();
  const run = world.start(distributed({ MaxItems: 3 }), items(4), { limits });
  assert.equal(mapRunOf(run).counts.total, 3);
});

test('an execution has no more open map runs than it may have', () => {
  const branch = (name: string): JsonObject => {
    const map = {
      Type: 'Map',
      Name: name,
      ItemsPath: '$Input.items',
      Processor: processor,
      ProcessorConfig: {},
      End: true,
    };
    const Catch = [{ Errors: ['FnF.MapRunLimitExceeded'], Next: 'no' }];
    return {
      StartAt: name,
      States: [
        { ...map, Catch },
        { Type: 'Pass', Name: 'no', End: true },
      ],
    };
  };
  const fork = { Type: 'Parallel', Name: 'fork', Branches: ['a', 'b', 'c'].map(branch), Next: 'm' };
  const last = { Type: 'Map', Name: 'm', ItemsPath: 'toArray(1)', ProcessorConfig: {}, End: true };
  const pass = { StartAt: 'p', States: [{ Type: 'Pass', Name: 'p', End: true }] };
  const world = new FlowWorld();
  const definition = states([fork, { ...last, Processor: pass }]);
  const run = world.start(definition, items(1), { limits: { mapRuns: 2 } });
  assert.equal(Object.values(run.state.mapRuns).length, 2);
  assert.deepEqual(
    details(run, 'StepFailed').map(({ cause }) => cause),
    ['The execution has 2 open map runs already.'],
  );
  world.finish();
  // Those that have ended do not count.
  assert.deepEqual(run.state.outcome, { ok: true, output: { Items: [1] } });
});
