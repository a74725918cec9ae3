import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { getBytes, keys, md5 } from '../../support/objects.ts';
import { ACCESS_KEY, startS3Server } from '../../support/s3/s3-server.ts';
import { brief, eventually, outcomeOf, SftpWorld } from '../../support/sftp-world.ts';
import { copy, tag } from '../../support/workflow-steps.ts';

const MIB = 1 << 20;

test('20: a client that is gone in the middle of a file', async (t) => {
  const world = await SftpWorld.open(t);
  await world.createUser();
  const whole = await world.use([copy('whole/')]);
  const partial = await world.use([tag({ partial: '1' })], { on: 'OnPartialUpload' });
  const session = await world.login();
  const content = randomBytes(3 * MIB);
  const handle = await session.open('a.bin', 'w');
  await session.write(handle, content);
  session.vanish();
  const [execution] = await world.ended(partial);
  assert.deepEqual(outcomeOf(execution), {
    Status: 'COMPLETED',
    Steps: [{ StepType: 'TAG', Outputs: '{"Tags":[{"Key":"partial","Value":"1"}]}' }],
  });
  assert.deepEqual(execution?.InitialFileLocation, {
    S3FileLocation: { Bucket: 'in', Key: 'a.bin', Etag: md5(content) },
  });
  assert.deepEqual(await getBytes(world.bucket('in'), 'a.bin'), content);
  assert.deepEqual(await world.bucket('in').getTags({ key: 'a.bin' }), [{ Key: 'partial', Value: '1' }]);
  assert.deepEqual(await world.executions(whole), []);
  const sessionId = execution?.ServiceMetadata?.UserDetails?.SessionId;
  const lines = await world.logged('DISCONNECTED', `alice.${sessionId}`);
  const closing = lines.filter((line) => /CLOSE/.test(String(line['activity-type'])));
  assert.deepEqual(
    closing.map((line) => [line['activity-type'], line.path, line['bytes-in']]),
    [['PARTIAL_CLOSE', '/in/a.bin', String(3 * MIB)]],
  );
  assert.deepEqual(readdirSync(join(world.data, 'buckets/in/.orrery/uploads')), []);
});

/** 150 uploads within ten seconds; gives the workflow's outcomes. */
async function uploadMany(t: TestContext, throttle: 'aws' | 'none') {
  const clock = createFixedClock();
  const world = await SftpWorld.open(t, { clock, settings: { throttle } });
  await world.createUser();
  const id = await world.use([tag({ seen: '1' })], { handlers: [tag({ handled: '1' })] });
  const session = await world.login();
  for (let second = 0; second < 10; second++) {
    const names = Array.from({ length: 15 }, (_, at) => `${second}-${at}.txt`);
    await Promise.all(names.map((name) => session.put(name, 'x')));
    clock.advance(1000);
  }
  const outcomes = (await world.ended(id, 150)).map(outcomeOf);
  return { world, id, outcomes, clock };
}

test('21: more executions than the vendor starts', async (t) => {
  const { world, id, outcomes, clock } = await uploadMany(t, 'aws');
  const throttled = outcomes.filter(({ Status }) => Status === 'EXCEPTION');
  assert.equal(outcomes.length - throttled.length, 109, 'the burst of 100, and one for each second since');
  for (const { Status, Steps, ...rest } of throttled) {
    assert.deepEqual([Status, brief(Steps), rest], ['EXCEPTION', ['TAG THROTTLED'], {}]);
  }
  clock.advance(10_000);
  await world.logged('ExecutionThrottled', `alice.${id}`);
  const count = async () =>
    (await world.log(`alice.${id}`)).filter(({ type }) => type === 'ExecutionThrottled').length;
  await eventually('all are logged', async () => ((await count()) === throttled.length ? true : undefined));
  assert.equal((await keys(world.bucket('in'))).length, 150, 'the files stay');
});

test('21: without the throttle all of them complete', async (t) => {
  const { outcomes } = await uploadMany(t, 'none');
  assert.deepEqual(new Set(outcomes.map(({ Status }) => Status)), new Set(['COMPLETED']));
});

for (const [what, fault] of [
  ['cannot be reached', 'cut'],
  ['is not available', { status: 503, code: 'ServiceUnavailable' }],
] as const) {
  test(`27: an object store that ${what} for longer than a step tries`, async (t) => {
    const clock = createFixedClock();
    const store = await startS3Server(['remote']);
    t.after(store.close);
    const place = { endpoint: store.url, bucket: 'remote', ...ACCESS_KEY, forcePathStyle: true };
    const world = await SftpWorld.open(t, { clock, buckets: { far: place } });
    await world.createUser();
    const id = await world.use([copy('far:x/')]);
    store.fault = () => fault;
    const session = await world.login();
    await session.put('a.txt', 'hello');
    const passing = setInterval(() => clock.advance(1000), 5);
    t.after(() => clearInterval(passing));
    const { Status, Steps } = await world.outcome(id);
    assert.equal(Status, 'EXCEPTION');
    assert.deepEqual(brief(Steps), ['COPY INTERNAL_SERVER_ERROR']);
    store.fault = () => undefined;
    await session.put('b.txt', 'hello');
    const [, later] = (await world.ended(id, 2)).map(outcomeOf);
    assert.equal(later?.Status, 'COMPLETED');
  });
}
