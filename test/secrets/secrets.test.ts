import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Records } from '../../src/kernel/records.ts';
import { createSecretBox } from '../../src/secrets/aes-secret-box.ts';
import type { SecretReason, SecretValue } from '../../src/secrets/secret.ts';
import { secretArn } from '../../src/secrets/secret-arn.ts';
import { Secrets } from '../../src/secrets/secrets.ts';

const world = { account: '123456789012', region: 'us-east-1' };
const elsewhere = { account: '123456789012', region: 'eu-west-1' };
const DAY_MS = 86_400_000;
const text = (value: string): SecretValue => ({ kind: 'text', text: value });
const random = (bytes: number): Uint8Array => randomBytes(bytes);

function open({ versions = 100, tags = 50, secrets = 1000 } = {}) {
  const written: string[] = [];
  const records = new Records((_shard, { id, document }) => written.push(`${id} ${document}`));
  const clock = { now: 1_700_000_000_000 };
  let flushed = 0;
  const options = {
    records,
    durable: async () => {
      flushed++;
    },
    limits: { versions, tags, secrets, stages: 20 },
    now: () => clock.now,
    random,
  };
  const box = createSecretBox(random(32), random);
  const kept = new Secrets({ ...options, box });
  const create = (name: string, value?: string) =>
    kept.create(world, {
      name,
      tags: {},
      ...(value !== undefined && { version: { id: `${name}-1`, value: text(value) } }),
    });
  const put = (name: string, id: string, stages?: string[], value = id) =>
    kept.put(world, name, { id, value: text(value), stages });
  const stages = (name: string): Record<string, readonly string[]> =>
    Object.fromEntries(
      (kept.find(world, name)?.versions ?? []).map(({ id, stages: labels }) => [id, labels]),
    );
  return {
    ...{ kept, create, put, stages, clock, written, box, records },
    flushed: () => flushed,
    anew: (other = box) => new Secrets({ ...options, box: other }),
  };
}

const refuses = (call: () => unknown, reason: SecretReason): void => {
  assert.throws(call, (error: { reason?: string }) => {
    assert.equal(error.reason, reason);
    return true;
  });
};

test('a value is read by name, ARN and ARN without its suffix, in its own world only', async () => {
  const { kept, create } = open();
  const secret = create('payments/key', 'hidden');
  const arn = secretArn(world, secret);
  assert.match(arn, /^arn:aws:secretsmanager:us-east-1:123456789012:secret:payments\/key-[A-Za-z0-9]{6}$/);
  for (const id of ['payments/key', arn, arn.slice(0, -7)])
    assert.equal(await kept.read(world, id), 'hidden', id);
  for (const id of ['payments', 'payments/key-', `${arn}x`, `${arn.slice(0, -6)}aaaaaa`, `x${arn}`, ''])
    assert.equal(await kept.read(world, id), undefined, id);
  assert.equal(await kept.read(elsewhere, 'payments/key'), undefined);
  assert.equal(await kept.read(elsewhere, arn), undefined);
});

test('a name that looks like one with a suffix is found by its ARNs too', async () => {
  const { kept, create } = open();
  const secret = create('team-abcdef', 'x');
  for (const id of ['team-abcdef', secretArn(world, secret), secretArn(world, secret).slice(0, -7)])
    assert.equal(await kept.read(world, id), 'x', id);
});

test('what is read is durable, what is stored is sealed', async () => {
  const { kept, create, put, written, flushed } = open();
  create('a', 'attack at dawn');
  put('a', 'second', undefined, 'attack at noon');
  assert.equal(await kept.read(world, 'a'), 'attack at noon');
  assert.equal(flushed(), 1);
  assert.ok(written.length >= 3);
  for (const line of written) assert.ok(!/attack/.test(line), line);
});

test('binary values come back as they were, and are text to those who read text', async () => {
  const { kept, create } = open();
  create('a');
  assert.equal(await kept.read(world, 'a'), undefined);
  kept.put(world, 'a', {
    id: 'v',
    value: { kind: 'binary', base64: Buffer.from('{"a":1}').toString('base64') },
  });
  assert.deepEqual(kept.value(world, 'a', {}).value, { kind: 'binary', base64: 'eyJhIjoxfQ==' });
  assert.equal(await kept.read(world, 'a'), '{"a":1}');
});

test('labels move: the current version becomes the previous one', () => {
  const { kept, create, put, stages } = open();
  create('a', 'one');
  put('a', 'two');
  assert.deepEqual(stages('a'), { 'a-1': ['AWSPREVIOUS'], two: ['AWSCURRENT'] });
  put('a', 'three');
  assert.deepEqual(stages('a'), { 'a-1': [], two: ['AWSPREVIOUS'], three: ['AWSCURRENT'] });
  put('a', 'four', ['AWSPENDING']);
  put('a', 'five', ['AWSPENDING', 'blue']);
  assert.deepEqual(stages('a'), {
    'a-1': [],
    two: ['AWSPREVIOUS'],
    three: ['AWSCURRENT'],
    four: [],
    five: ['AWSPENDING', 'blue'],
  });
  const read = (wanted: object): unknown => kept.value(world, 'a', wanted).value;
  assert.deepEqual(read({ stage: 'AWSPREVIOUS' }), text('two'));
  assert.deepEqual(read({ stage: 'blue', versionId: 'five' }), text('five'));
  assert.deepEqual(read({ versionId: 'a-1' }), text('one'));
  refuses(() => read({ stage: 'green' }), 'unknown-stage');
  refuses(() => read({ versionId: 'six' }), 'unknown-version');
  refuses(() => read({ versionId: 'five', stage: 'AWSCURRENT' }), 'stage-elsewhere');
});

test('the first version becomes the current one whatever it is labelled', () => {
  const { create, put, stages } = open();
  create('a');
  put('a', 'one', ['AWSPENDING']);
  assert.deepEqual(stages('a'), { one: ['AWSPENDING', 'AWSCURRENT'] });
});

test('a request that comes again changes nothing; the same version with another value is refused', () => {
  const { kept, create, put, stages, clock, written } = open();
  create('a', 'one');
  put('a', 'two');
  const { length } = written;
  clock.now += 5_000;
  put('a', 'two');
  put('a', 'a-1', undefined, 'one');
  assert.equal(create('a', 'one').suffix, kept.find(world, 'a')?.suffix);
  assert.equal(written.length, length);
  assert.deepEqual(stages('a'), { 'a-1': ['AWSPREVIOUS'], two: ['AWSCURRENT'] });
  refuses(() => put('a', 'two', undefined, 'other'), 'version-exists');
  refuses(() => kept.update(world, 'a', { version: { id: 'two', value: text('other') } }), 'version-exists');
  refuses(() => create('a', 'other'), 'version-exists');
  refuses(() => create('a'), 'exists');
  assert.equal(written.length, length);
});

test('a secret that waits for its deletion is hidden, comes back, or is gone with its name free', async () => {
  const { kept, create, clock, records } = open();
  const secret = create('a', 'one');
  kept.deleteAt(world, 'a', clock.now + 7 * DAY_MS);
  assert.equal(await kept.read(world, 'a'), undefined);
  assert.ok(kept.find(world, 'a')?.deleteAt);
  refuses(() => kept.value(world, 'a', {}), 'waits-for-deletion');
  refuses(() => kept.deleteAt(world, 'a', clock.now), 'waits-for-deletion');
  refuses(() => create('a', 'one'), 'name-waits-for-deletion');
  kept.restore(world, 'a');
  assert.equal(await kept.read(world, 'a'), 'one');
  kept.deleteAt(world, 'a', clock.now + 7 * DAY_MS);
  clock.now += 7 * DAY_MS - 1;
  assert.deepEqual(
    kept.list(world).map(({ name }) => name),
    ['a'],
  );
  clock.now += 1;
  assert.deepEqual(kept.list(world), []);
  assert.equal(records.count('secrets'), 0);
  refuses(() => kept.restore(world, 'a'), 'unknown-secret');
  assert.notEqual(create('a', 'new').suffix, secret.suffix);
});

test('what fell due while nobody was there is gone at the start', () => {
  const { kept, create, clock, anew, records } = open();
  create('a', 'one');
  create('b', 'two');
  kept.deleteAt(world, 'a', clock.now + DAY_MS);
  clock.now += DAY_MS;
  const again = anew();
  assert.equal(records.count('secrets'), 2);
  assert.deepEqual(again.value(world, 'b', {}).value, text('two'));
});

test('deleting now leaves nothing', () => {
  const { kept, create, put, records, clock } = open();
  create('a', 'one');
  put('a', 'two');
  kept.deleteAt(world, 'a', clock.now + DAY_MS);
  assert.equal(kept.deleteNow(world, 'a')?.name, 'a');
  assert.equal(kept.deleteNow(world, 'a'), undefined);
  assert.equal(records.count('secrets'), 0);
});

test('the oldest deprecated versions make room once they are a day old', () => {
  const { create, put, stages, clock, records } = open({ versions: 3 });
  create('a', 'one');
  put('a', 'two');
  put('a', 'three');
  refuses(() => put('a', 'four'), 'too-many-versions');
  assert.deepEqual(Object.keys(stages('a')), ['a-1', 'two', 'three']);
  clock.now += DAY_MS;
  put('a', 'four');
  assert.deepEqual(Object.keys(stages('a')), ['two', 'three', 'four']);
  assert.equal(records.count('secrets'), 4);
});

test('limits are kept', () => {
  const { kept, create, put } = open({ secrets: 1, tags: 2 });
  create('a', 'one');
  refuses(() => create('b', 'one'), 'too-many-secrets');
  refuses(() => kept.setTags(world, 'a', () => ({ a: '', b: '', c: '' })), 'too-many-tags');
  const many = Array.from({ length: 21 }, (_, index) => `stage${index}`);
  refuses(() => put('a', 'v', many), 'too-many-stages');
  refuses(() => kept.update(world, 'none', {}), 'unknown-secret');
});

test('a version with all the labels it may have becomes the current one again, and gets no other', () => {
  const { kept, create, put, stages } = open();
  create('a', 'one');
  const others = Array.from({ length: 19 }, (_, index) => `stage${index}`);
  put('a', 'two', ['AWSCURRENT']);
  for (const stage of others) kept.moveStage(world, 'a', { stage, to: 'a-1' });
  assert.equal(stages('a')['a-1']?.length, 20);
  refuses(() => kept.moveStage(world, 'a', { stage: 'another', to: 'a-1' }), 'too-many-stages');
  kept.moveStage(world, 'a', { stage: 'AWSCURRENT', from: 'two', to: 'a-1' });
  assert.deepEqual(stages('a'), { 'a-1': [...others, 'AWSCURRENT'], two: ['AWSPREVIOUS'] });
  refuses(
    () => kept.moveStage(world, 'a', { stage: 'AWSPREVIOUS', from: 'two', to: 'a-1' }),
    'too-many-stages',
  );
});

test('reading a value notes the day, once', () => {
  const { kept, create, clock, written } = open();
  create('a', 'one');
  kept.value(world, 'a', {});
  const { length } = written;
  kept.value(world, 'a', {});
  assert.equal(written.length, length);
  assert.equal(kept.find(world, 'a')?.accessedAt, clock.now - (clock.now % DAY_MS));
  clock.now += DAY_MS;
  kept.value(world, 'a', {});
  assert.equal(written.length, length + 1);
});

test('values of another key, or put in another place, are unreadable and told apart from missing ones', async () => {
  const { kept, create, anew, records } = open();
  create('a', 'one');
  create('b', 'two');
  refuses(() => anew(createSecretBox(random(32), random)).value(world, 'a', {}), 'unreadable');
  const [a, b] = records.list<unknown>('secrets').filter(({ id }) => id.startsWith('value/'));
  assert.ok(a && b);
  records.put('secrets', { ...a, document: b.document });
  refuses(() => kept.value(world, 'a', {}), 'unreadable');
  await assert.rejects(kept.read(world, 'a'), { reason: 'unreadable' });
});
