import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import { waitsOf } from '../../../../src/apis/cloudflow/machine/waiting.ts';
import type { EffectOutcome, EffectRequest } from '../../../../src/kernel/machine.ts';
import { details, states, story } from './definitions.ts';
import { type FlowRun, machine } from './flow-run.ts';
import { FlowWorld } from './flow-world.ts';

const READER = { SourceType: 'OSS_CSV', SourceParameters: { Bucket: 'b', 'ObjectName.$': '$Input.key' } };
const WRITER = { Parameters: { Bucket: 'out', 'Prefix.$': '$Input.key' } };
const ITEMS: readonly Json[] = [{ n: 1 }, { n: 2 }, { n: 3 }];

/** Fails on `n` 2. */
const processor = {
  StartAt: 'look',
  States: [
    {
      Type: 'Choice',
      Name: 'look',
      Branches: [{ Condition: '$Input.n == 2', Next: 'bad' }],
      Default: 'give',
    },
    { Type: 'Fail', Name: 'bad', Code: 'Bad', Detail: 'item' },
    { Type: 'Pass', Name: 'give', OutputConstructor: { 'n.$': '$Input.n' }, End: true },
  ],
};

function map(more: JsonObject, ...others: readonly JsonObject[]): string {
  const base = { Type: 'Map', Name: 'm', Processor: processor, ProcessorConfig: {} };
  return states([{ ...base, End: true, ...more }, ...others]);
}

function open(): FlowWorld {
  const world = new FlowWorld();
  world.held.add('read-items').add('write-results');
  return world;
}

/** The only call that runs. */
function callOf(run: FlowRun): EffectRequest {
  const [request, ...others] = machine.effects(run.state);
  assert.ok(request);
  assert.deepEqual(others, []);
  return request;
}

function answer(world: FlowWorld, run: FlowRun, outcome: EffectOutcome): void {
  const { key } = callOf(run);
  world.apply(run, { kind: 'effect-finished', key, outcome });
}

const given = (value: unknown): EffectOutcome => ({ ok: true, value });
const refused = (error: string): EffectOutcome => ({ ok: false, error, details: 'why' });

test('a map whose items are in a bucket reads them, and then is as any other', () => {
  const world = open();
  const run = world.start(map({ ItemReader: READER, MaxConcurrency: 2 }), { key: 'k.csv' });
  const { kind, input } = callOf(run);
  const call = { source: 'csv', bucket: 'b', key: 'k.csv', most: 10_000, mostBytes: 1_000_000 };
  assert.deepEqual([kind, input], ['read-items', call]);
  assert.deepEqual(
    waitsOf(run.state).map(({ on }) => on),
    [{ for: 'call', kind: 'read-items', target: 'b/k.csv' }],
  );
  assert.deepEqual(run.state.mapRuns, {});
  answer(world, run, given([{ n: 1 }, { n: 3 }]));
  const [mapRun] = Object.values(run.state.mapRuns);
  assert.equal(mapRun?.concurrency, 2);
  assert.equal(mapRun?.counts.total, 2);
  assert.deepEqual(run.state.outcome, { ok: true, output: { Items: [{ n: 1 }, { n: 3 }] } });
  assert.deepEqual(details(run, 'TaskSucceeded'), [{ output: { Items: 2 } }]);
  assert.deepEqual(story(run).slice(1), [
    '2<1 StepEntered m',
    '3<2 StepStarted m',
    '4<3 TaskScheduled m',
    '5<4 TaskStarted m',
    '6<5 TaskSucceeded m',
    '7<6 MapRunStarted m',
    '8<7 MapRunSucceeded m',
    '9<8 StepSucceeded m',
    '10<9 StepExited m',
    '11<10 ExecutionSucceeded',
  ]);
});

test('what is read is constructed, put together and cut off as items of an input are', () => {
  const world = open();
  const more = {
    ItemReader: { SourceType: 'OSS_OBJECTS', SourceParameters: { Bucket: 'b' } },
    ItemConstructor: { 'n.$': '$Item.n', 'of.$': '$Input.key' },
    ItemBatcher: { MaxItemsPerBatch: 2 },
    MaxItems: 3,
    Processor: { StartAt: 'p', States: [{ Type: 'Pass', Name: 'p', End: true }] },
  };
  const run = world.start(map(more), { key: 'k' });
  const { input } = callOf(run);
  assert.deepEqual(
    [(input as JsonObject).source, (input as JsonObject).key, (input as JsonObject).wanted],
    ['objects', '', 3],
  );
  answer(world, run, given([...ITEMS, { n: 4 }]));
  const item = (n: number): JsonObject => ({ n, of: 'k' });
  const Items = [{ Items: [item(1), item(2)] }, { Items: [item(3)] }];
  assert.deepEqual(run.state.outcome, { ok: true, output: { Items } });
  assert.equal(Object.values(run.state.mapRuns)[0]?.counts.total, 3);
});

test('no items are no children', () => {
  const world = open();
  const run = world.start(map({ ItemReader: READER }), { key: 'k' });
  answer(world, run, given([]));
  assert.deepEqual(run.state.outcome, { ok: true, output: { Items: [] } });
});

test('what cannot be read is retried and caught as failures of any task', () => {
  const world = open();
  const Retry = [{ Errors: ['OSS.InternalError'], MaxAttempts: 1, IntervalSeconds: 5 }];
  const Catch = [{ Errors: ['OSS.NoSuchKey'], OutputConstructor: { no: true }, Next: 'no' }];
  const last = { Type: 'Pass', Name: 'no', End: true };
  const run = world.start(map({ ItemReader: READER, Retry, Catch }, last), { key: 'k' });
  answer(world, run, refused('OSS.InternalError'));
  assert.deepEqual(machine.effects(run.state), []);
  world.advance(5);
  answer(world, run, refused('OSS.NoSuchKey'));
  assert.deepEqual(run.state.outcome, { ok: true, output: { no: true } });
  assert.deepEqual(run.state.mapRuns, {});
});

test('a parameter that is no text fails the map before anything is read or started', () => {
  for (const more of [{ ItemReader: READER }, { ItemsPath: 'toArray(1)', ResultWriter: WRITER }]) {
    const world = open();
    const run = world.start(map(more), { key: 7 });
    assert.ok(run.state.outcome?.ok === false);
    assert.equal(run.state.outcome.error, 'FnF.RuntimeError');
    assert.match(run.state.outcome.cause, /The parameter (?:ObjectName|Prefix) of a bucket must be a text/);
    assert.equal(world.runs.length, 1);
  }
});

const WRITING = { ItemsPath: '$Input.items', ResultWriter: WRITER, ToleratedFailureCount: 1 };

test('results that go to a bucket are written before the map run ends, and are not kept', () => {
  const world = open();
  const run = world.start(map(WRITING), { key: 'p', items: ITEMS });
  const [mapRun] = Object.values(run.state.mapRuns);
  const { name = '' } = mapRun ?? {};
  const { kind, input } = callOf(run);
  const call = { bucket: 'out', prefix: 'p', mapRun: name, children: 3, notStarted: {} };
  assert.deepEqual([kind, input], ['write-results', call]);
  assert.equal(mapRun?.status, 'Running');
  assert.deepEqual(run.state.steps[2]?.nest?.results, [null, null, null]);
  answer(world, run, given({ Bucket: 'out', Key: 'p/manifest.json' }));
  assert.deepEqual(run.state.outcome, {
    ok: true,
    output: { MapRunName: name, ResultWriterDetails: { Bucket: 'out', Key: 'p/manifest.json' } },
  });
  assert.equal(run.state.mapRuns[name]?.status, 'Succeeded');
  assert.deepEqual(story(run).slice(3), [
    '4<3 MapRunStarted m',
    '5<4 TaskScheduled m',
    '6<5 TaskStarted m',
    '7<6 TaskSucceeded m',
    '8<7 MapRunSucceeded m',
    '9<8 StepSucceeded m',
    '10<9 StepExited m',
    '11<10 ExecutionSucceeded',
  ]);
});

test('a map run may still be changed while its results are written', () => {
  const world = open();
  const run = world.start(map(WRITING), { key: 'p', items: ITEMS });
  const { key } = callOf(run);
  const [mapRun = ''] = Object.keys(run.state.mapRuns);
  world.apply(run, { kind: 'update-map-run', mapRun, concurrency: 7 });
  assert.equal(callOf(run).key, key);
  assert.equal(run.state.mapRuns[mapRun]?.concurrency, 7);
  world.apply(run, { kind: 'update-map-run', mapRun, toleratedFailedCount: 0 });
  assert.deepEqual(machine.effects(run.state), []);
  assert.ok(run.state.outcome?.ok === false);
  assert.equal(run.state.outcome.error, 'FnF.ToleratedFailuresExceeded');
  assert.equal(run.state.mapRuns[mapRun]?.status, 'Failed');
});

test('results that cannot be written fail the map run and the map, which may try all of it again', () => {
  const world = open();
  const Retry = [{ Errors: ['OSS.NoSuchBucket'], MaxAttempts: 1, IntervalSeconds: 5 }];
  const run = world.start(map({ ...WRITING, Retry }), { key: 'p', items: ITEMS });
  answer(world, run, refused('OSS.NoSuchBucket'));
  world.advance(5);
  answer(world, run, refused('OSS.AccessDenied'));
  assert.deepEqual(run.state.outcome, { ok: false, error: 'OSS.AccessDenied', cause: 'why' });
  assert.deepEqual(
    Object.values(run.state.mapRuns).map(({ status }) => status),
    ['Failed', 'Failed'],
  );
  assert.equal(world.runs.length, 7);
});

test('children that cannot even be started are told to whoever writes the results', () => {
  const world = open();
  world.held.add('flow');
  const run = world.start(map({ ...WRITING, MaxConcurrency: 1 }), { key: 'p', items: ITEMS });
  const [start] = machine.effects(run.state);
  world.held.delete('flow');
  const outcome = { ok: false, error: 'FNF.ResourceThrottled', details: 'x'.repeat(2000) } as const;
  world.apply(run, { kind: 'effect-finished', key: start?.key ?? '', outcome });
  // Its other failure is one too many.
  assert.deepEqual(run.state.outcome, { ok: false, error: 'Bad', cause: 'item' });

  const tolerant = open();
  tolerant.held.add('flow');
  const more = { ...WRITING, ToleratedFailureCount: 2, MaxConcurrency: 1 };
  const second = tolerant.start(map(more), { key: 'p', items: ITEMS });
  const [begun] = machine.effects(second.state);
  const key = begun?.key ?? '';
  tolerant.held.delete('flow');
  tolerant.apply(second, { kind: 'effect-finished', key, outcome });
  const { notStarted } = callOf(second).input as {
    notStarted: Record<number, { error: string; cause: string }>;
  };
  assert.deepEqual(Object.keys(notStarted), ['0']);
  assert.equal(notStarted[0]?.error, 'FNF.ResourceThrottled');
  assert.equal(notStarted[0]?.cause.length, 1000);
  answer(tolerant, second, given({}));
  assert.equal(Object.values(second.state.mapRuns)[0]?.notStarted, undefined);
});

test('a map that winds down writes what its children have come to', () => {
  const world = open();
  const after = { Type: 'Pass', Name: 'after', End: true };
  const run = world.start(map({ ...WRITING, End: false, Next: 'after' }, after), { key: 'p', items: ITEMS });
  world.apply(run, { kind: 'wind-down', error: 'Gone', cause: 'c' });
  assert.equal(run.state.status, 'Running');
  answer(world, run, given({}));
  assert.equal(run.state.status, 'Stopped');
});

test('what is stopped reads and writes no more', () => {
  for (const more of [{ ItemReader: READER }, WRITING]) {
    const world = open();
    const run = world.start(map(more), { key: 'p', items: ITEMS });
    world.apply(run, { kind: 'stop', error: 'E', cause: 'c' });
    assert.deepEqual(machine.effects(run.state), []);
    assert.equal(run.state.status, 'Stopped');
  }
});
