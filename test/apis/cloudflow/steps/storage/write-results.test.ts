import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WriteResultsCall } from '../../../../../src/apis/cloudflow/machine/effects.ts';
import type { EndedChild } from '../../../../../src/apis/cloudflow/steps/storage/ended-child.ts';
import { writeResultsStep } from '../../../../../src/apis/cloudflow/steps/storage/write-results.ts';
import type { Storage } from '../../../../../src/files/storage.ts';
import { createFixedClock } from '../../../../support/fixed-clock.ts';
import { failing, MemoryBucket } from '../../../../support/memory-bucket.ts';
import { runStep, stepFailure } from '../../../../support/run-step.ts';
import { settle } from '../../../../support/toy-kernel.ts';

const CALL: WriteResultsCall = { bucket: 'b', prefix: 'out', mapRun: 'm', children: 3, notStarted: {} };

function child(name: string, more: Partial<EndedChild> = {}): EndedChild {
  return {
    name,
    flowName: 'f',
    status: 'Succeeded',
    input: '{"n":1}',
    outcome: { ok: true, output: { of: name } },
    startedAt: 1000,
    stoppedAt: 2000,
    ...more,
  };
}

const FAILED = { status: 'Failed', outcome: { ok: false, error: 'Bad', cause: 'why' } } as const;

function open(children: Readonly<Record<string, EndedChild>>, may: (action: string) => boolean = () => true) {
  const bucket = new MemoryBucket('b');
  const clock = createFixedClock();
  const storage: Partial<Storage> = { bucket: (name) => (name === 'b' ? bucket : undefined) };
  const asked: string[] = [];
  const step = writeResultsStep({
    storage: Promise.resolve(storage as Storage),
    clock,
    findChild: async (_, name) => children[name],
    mayDo: async (_, { action, resource }) => {
      asked.push(`${action} ${resource}`);
      return may(action);
    },
  });
  const read = (key: string): unknown => JSON.parse(bucket.text(key) ?? '""');
  return { bucket, clock, step, asked, read };
}

const THREE = { 'm-0': child('m-0'), 'm-1': child('m-1', FAILED), 'm-2': child('m-2') };
const KEYS = ['out/m/FAILED_0.json', 'out/m/SUCCEED_0.json', 'out/m/manifest.json'];

test('results are told by their status, in the order of their items, with a manifest', async () => {
  const { bucket, step, asked, read } = open(THREE);
  assert.deepEqual(await runStep(step, CALL), { Bucket: 'b', Key: 'out/m/manifest.json' });
  const times = { StartedTime: '1970-01-01T00:00:01.000Z', StoppedTime: '1970-01-01T00:00:02.000Z' };
  const entry = (Name: string) => ({ Name, FlowName: 'f', Status: 'Succeeded', Input: '{"n":1}', ...times });
  assert.deepEqual(bucket.keys, KEYS);
  assert.deepEqual(read('out/m/SUCCEED_0.json'), [
    { ...entry('m-0'), Output: '{"of":"m-0"}' },
    { ...entry('m-2'), Output: '{"of":"m-2"}' },
  ]);
  assert.deepEqual(read('out/m/FAILED_0.json'), [
    { ...entry('m-1'), Status: 'Failed', Output: '', ErrorCode: 'Bad', ErrorMessage: 'why' },
  ]);
  const size = (key: string): number => Buffer.byteLength(bucket.text(key) ?? '');
  assert.deepEqual(read('out/m/manifest.json'), {
    DestinationBucket: 'b',
    MapRunName: 'm',
    ResultFiles: {
      SUCCEED: [{ Key: 'out/m/SUCCEED_0.json', Size: size('out/m/SUCCEED_0.json') }],
      FAILED: [{ Key: 'out/m/FAILED_0.json', Size: size('out/m/FAILED_0.json') }],
      PENDING: [],
    },
  });
  assert.deepEqual(
    [...asked].sort(),
    KEYS.map((key) => `oss:PutObject acs:oss:cn-hangzhou:000000000000:b/${key}`),
  );
});

test('a status that nobody has needs no file', async () => {
  const { bucket, step, read } = open({});
  assert.deepEqual(await runStep(step, { ...CALL, children: 0, prefix: 'out/' }), {
    Bucket: 'b',
    Key: 'out/m/manifest.json',
  });
  assert.deepEqual(bucket.keys, ['out/m/manifest.json']);
  const { ResultFiles } = read('out/m/manifest.json') as { ResultFiles: unknown };
  assert.deepEqual(ResultFiles, { SUCCEED: [], FAILED: [], PENDING: [] });
});

test('without a prefix the map run itself is the folder', async () => {
  const { bucket, step } = open({});
  await runStep(step, { ...CALL, children: 0, prefix: '' });
  assert.deepEqual(bucket.keys, ['m/manifest.json']);
});

test('thousands of results go through little memory, whole and in order', async () => {
  const long = 'x'.repeat(2000);
  const all = Array.from({ length: 3000 }, (_, n) =>
    child(`m-${n}`, { outcome: { ok: true, output: { n, long } } }),
  );
  const { bucket, step, read } = open(Object.fromEntries(all.map((each) => [each.name, each])));
  let largest = 0;
  const { create } = bucket;
  bucket.create = async (key, options) => {
    const writer = await create.call(bucket, key, options);
    const write: typeof writer.write = (position, bytes) => {
      largest = Math.max(largest, bytes.length);
      return writer.write(position, bytes);
    };
    return { ...writer, write };
  };
  await runStep(step, { ...CALL, children: 3000 });
  const entries = read('out/m/SUCCEED_0.json') as { Name: string }[];
  assert.deepEqual(
    entries.map(({ Name }) => Name),
    all.map(({ name }) => name),
  );
  assert.ok(largest < 1_100_000, `${largest}`);
});

test('done again it writes the same under the same keys', async () => {
  const { bucket, step } = open(THREE);
  await runStep(step, CALL);
  const before = KEYS.map((key) => bucket.text(key));
  await runStep(step, CALL);
  assert.deepEqual(bucket.keys, KEYS);
  assert.deepEqual(
    KEYS.map((key) => bucket.text(key)),
    before,
  );
});

test('a child that could not be started is told with what went wrong', async () => {
  const { step, read } = open({});
  const notStarted = { 0: { error: 'FNF.ResourceThrottled', cause: 'c' } };
  await runStep(step, { ...CALL, children: 1, notStarted });
  assert.deepEqual(read('out/m/FAILED_0.json'), [
    { Name: 'm-0', Status: 'Failed', ErrorCode: 'FNF.ResourceThrottled', ErrorMessage: 'c' },
  ]);
});

test('what has the name of a child that could not be started is not told for it', async () => {
  const { step, read, bucket } = open({ 'm-0': child('m-0') });
  const notStarted = { 0: { error: 'FNF.ExecutionAlreadyExists', cause: 'c' } };
  await runStep(step, { ...CALL, children: 1, notStarted });
  const [{ ErrorCode }] = read('out/m/FAILED_0.json') as [{ readonly ErrorCode: string }];
  assert.equal(ErrorCode, 'FNF.ExecutionAlreadyExists');
  assert.equal(bucket.text('out/m/SUCCEED_0.json'), undefined);
});

test('a child that is not there any more is a failure, and nothing of it shows', async () => {
  const { bucket, step } = open({ 'm-0': child('m-0') });
  assert.deepEqual(await stepFailure(step, CALL), [
    'FnF.ResultWriterFailed',
    'The execution m-1 is not there any more.',
  ]);
  assert.deepEqual([bucket.keys, bucket.uploads], [[], 0]);
});

test('a bucket that is not there, or refuses, has a name', async () => {
  const { step } = open(THREE);
  assert.deepEqual(await stepFailure(step, { ...CALL, bucket: 'c' }), [
    'OSS.NoSuchBucket',
    'There is no bucket c',
  ]);
  const denied = open(THREE, (action) => action !== 'oss:PutObject');
  const [error] = await stepFailure(denied.step, CALL);
  assert.equal(error, 'OSS.AccessDenied');
  const full = open(THREE);
  full.bucket.before = failing(1, 'no-space');
  assert.deepEqual(await stepFailure(full.step, CALL), ['OSS.InternalError', 'a fault of the test']);
  assert.equal(full.bucket.uploads, 0);
});

test('a bucket that is away for a moment gets all of it once more', async () => {
  const { bucket, clock, step } = open(THREE);
  bucket.before = failing(2, 'unavailable');
  const writing = runStep(step, CALL);
  for (const seconds of [1, 2]) {
    await settle();
    clock.advance(seconds * 1000);
  }
  await writing;
  assert.deepEqual([bucket.keys, bucket.uploads], [KEYS, 0]);
});
