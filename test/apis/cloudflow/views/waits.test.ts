import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import { tellWaits } from '../../../../src/apis/cloudflow/views/waits.ts';
import { invoke, states } from '../machine/definitions.ts';
import { type FlowRun, machine } from '../machine/flow-run.ts';
import { FlowWorld } from '../machine/flow-world.ts';

/** Each item waits a minute. */
const minutes = (more: JsonObject): string => {
  const Processor = { StartAt: 'w', States: [{ Type: 'Wait', Name: 'w', Seconds: 60, End: true }] };
  return states([{ Type: 'Map', Name: 'm', Processor, ProcessorConfig: {}, End: true, ...more }]);
};
const READER = { SourceType: 'OSS_CSV', SourceParameters: { Bucket: 'b', ObjectName: 'in/k.csv' } };
const WRITER = { Parameters: { Bucket: 'out', Prefix: 'done' } };
const Retry = [{ Errors: ['OSS.NoSuchKey'], MaxAttempts: 1, IntervalSeconds: 90 }];

const told = (world: FlowWorld, run: FlowRun) => tellWaits(run.state, world.now);

function answer(world: FlowWorld, run: FlowRun, value: unknown): void {
  const [{ key } = { key: '' }] = machine.effects(run.state);
  world.apply(run, { kind: 'effect-finished', key, outcome: { ok: true, value } });
}

test('a map tells what it reads, what runs, and what it writes', () => {
  const world = new FlowWorld();
  world.held.add('read-items').add('write-results');
  const run = world.start(minutes({ ItemReader: READER, ResultWriter: WRITER, MaxConcurrency: 2 }));
  const wait = { since: null, due: null };
  assert.deepEqual(told(world, run), [
    { ...wait, text: 'step m: items are being read from b/in/k.csv', kind: 'function', name: 'b/in/k.csv' },
  ]);

  answer(world, run, [1, 2, 3]);
  const [mapRun = ''] = Object.keys(run.state.mapRuns);
  const running = (count: number, done: number) => [
    {
      ...wait,
      text: `step m: map run ${mapRun}: ${count} items run, ${done} of 3 are done`,
      kind: 'child',
      name: mapRun,
    },
  ];
  assert.deepEqual(told(world, run), running(2, 0));
  world.advance(60);
  assert.deepEqual(told(world, run), running(1, 2));

  world.advance(60);
  assert.deepEqual(told(world, run), [
    { ...wait, text: 'step m: results are being written to out/done', kind: 'function', name: 'out/done' },
  ]);
  answer(world, run, {});
  assert.deepEqual(told(world, run), []);
});

test('a whole bucket is told as a folder', () => {
  const world = new FlowWorld();
  world.held.add('read-items').add('write-results');
  const reader = { SourceType: 'OSS_OBJECTS', SourceParameters: { Bucket: 'b' } };
  const run = world.start(minutes({ ItemReader: reader, ResultWriter: { Parameters: { Bucket: 'out' } } }));
  assert.equal(told(world, run)[0]?.text, 'step m: items are being read from b/');
  answer(world, run, [1]);
  world.advance(60);
  assert.equal(told(world, run)[0]?.text, 'step m: results are being written to out/');
});

test('a map whose reading failed tells when it is tried again', () => {
  const world = new FlowWorld();
  world.held.add('read-items');
  const run = world.start(minutes({ ItemReader: READER, Retry }));
  const [{ key } = { key: '' }] = machine.effects(run.state);
  world.apply(run, {
    kind: 'effect-finished',
    key,
    outcome: { ok: false, error: 'OSS.NoSuchKey', details: '' },
  });
  assert.deepEqual(told(world, run), [
    {
      text: 'step m: pauses before attempt 2 until 2026-01-01T00:01:30.000Z, in 1 min 30 s',
      kind: 'timer',
      name: 'm',
      since: null,
      due: '2026-01-01T00:01:30.000Z',
    },
  ]);
});

test('a call that may not take for ever tells until when', () => {
  const world = new FlowWorld();
  world.held.add('function');
  const run = world.start(states([invoke('echo', { Timeout: 30 })]));
  assert.equal(
    told(world, run)[0]?.text,
    'step echo: function acs:fc:::functions/echo/LATEST is being called, times out at 2026-01-01T00:00:30.000Z, in 30 s',
  );
});
