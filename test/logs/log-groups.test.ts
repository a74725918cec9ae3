import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { LogGroups } from '../../src/logs/log-groups.ts';
import { openLogGroups } from '../../src/logs/open-log-groups.ts';
import { createFixedClock, type FixedClock } from '../support/fixed-clock.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const DAY = 86_400_000;
const SERVER = '/aws/transfer/s-0123456789abcdef0';
const alice = { group: SERVER, stream: 'alice.0123456789abcdef' };

interface Opened {
  readonly directory: string;
  readonly clock: FixedClock;
  readonly reported: { readonly error: Error; readonly about: object }[];
  open(days?: number): LogGroups;
}

async function openTest(context: TestContext): Promise<Opened> {
  const directory = await makeTemporaryDirectory(context);
  const clock = createFixedClock(Date.now());
  const reported: Opened['reported'] = [];
  const report = (error: Error, about: object) => reported.push({ error, about });
  return {
    directory: join(directory.path, 'logs'),
    clock,
    reported,
    open: (days = 0) => openLogGroups({ directory: join(directory.path, 'logs'), days, clock, report }),
  };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

test('lines are read in the order of their writing, and lie in the file named for the stream', async (t) => {
  const { directory, open } = await openTest(t);
  const logs = open();
  assert.deepEqual(await logs.read(alice), []);
  logs.write(alice, 1, { 'activity-type': 'CONNECTED' });
  logs.write(alice, 2, { 'activity-type': 'OPEN', time: 'of the event' });
  logs.write(alice, 2, { text: 'two\nlines \u2028' });
  assert.deepEqual(await logs.read(alice), [
    { time: 1, 'activity-type': 'CONNECTED' },
    { time: 2, 'activity-type': 'OPEN' },
    { time: 2, text: 'two\nlines \u2028' },
  ]);
  const text = await readFile(
    join(directory, 'aws/transfer/s-0123456789abcdef0/alice.0123456789abcdef.jsonl'),
    'utf8',
  );
  assert.equal(text.split('\n')[0], '{"time":1,"activity-type":"CONNECTED"}');
  await logs.close();
});

test('lines reach their files without anybody asking, soon', async (t) => {
  const { directory, clock, open } = await openTest(t);
  const logs = open();
  const file = join(directory, 'aws/transfer/s-0123456789abcdef0/alice.0123456789abcdef.jsonl');
  logs.write(alice, 1, {});
  logs.write(alice, 2, {});
  assert.equal(clock.waiting, 1);
  clock.advance(100);
  assert.equal(await readFile(file, 'utf8'), '{"time":1}\n{"time":2}\n');
  await logs.close();
  assert.equal(clock.waiting, 0);
});

test('many writers of many streams lose nothing and mix nothing', async (t) => {
  const { open, reported } = await openTest(t);
  const logs = open();
  const streams = Array.from({ length: 200 }, (_, at) => ({ group: SERVER, stream: `user${at}` }));
  for (let round = 0; round < 25; round++) {
    for (const stream of streams) logs.write(stream, round, { of: stream.stream });
    if (round % 5 === 0) await logs.read(streams[round] ?? alice);
  }
  await logs.flush();
  for (const stream of streams) {
    const expected = Array.from({ length: 25 }, (_, time) => ({ time, of: stream.stream }));
    assert.deepEqual(await logs.read(stream), expected);
  }
  assert.deepEqual(reported, []);
  await logs.close();
});

test('a restart goes on after the last whole line', async (t) => {
  const { directory, open } = await openTest(t);
  const first = open();
  first.write(alice, 1, { n: 1 });
  await first.close();
  const file = join(directory, 'aws/transfer/s-0123456789abcdef0/alice.0123456789abcdef.jsonl');
  await appendFile(file, '{"time":2,"n":');
  const second = open();
  assert.deepEqual(await second.read(alice), [{ time: 1, n: 1 }]);
  second.write(alice, 3, { n: 3 });
  second.write(alice, 4, { n: 4 });
  await second.close();
  assert.deepEqual(await open().read(alice), [
    { time: 1, n: 1 },
    { time: 3, n: 3 },
    { time: 4, n: 4 },
  ]);
});

const NAMES = [
  '../../etc/passwd',
  '..',
  '.',
  '',
  '/',
  'a/b',
  'a%2Fb',
  'ü🧾',
  'x'.repeat(400),
  `${'x'.repeat(399)}y`,
  'nul\u0000l',
  'alice@example.com',
  'CON',
  'a.jsonl',
];

test('no name of a group or stream leads out of its directory, or to the file of another', async (t) => {
  const { directory, open, reported } = await openTest(t);
  const logs = open();
  const streams = NAMES.flatMap((name) => [
    { group: SERVER, stream: name },
    { group: `/odd/${name.replaceAll('/', '_')}`, stream: 'a' },
    { group: `/nested/${name}`, stream: 'a' },
  ]);
  for (const [at, stream] of streams.entries()) logs.write(stream, at, {});
  logs.write({ group: '/nested', stream: 'a' }, 1000, {});
  await logs.flush();
  assert.deepEqual(reported, []);
  const found = await readdir(join(directory, '..'), { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  assert.ok(files.every(({ parentPath }) => parentPath.startsWith(`${directory}/`)));
  for (const [at, stream] of streams.entries()) {
    const lines = await logs.read(stream);
    assert.ok(lines.some((line) => 'time' in line && line.time === at));
    // A group whose last part is empty is the group above it.
    if (!/\/$/.test(stream.group)) assert.equal(lines.length, 1, JSON.stringify(stream));
  }
  await logs.close();
});

test('what cannot be written is reported, and does not stop what can be', async (t) => {
  const { directory, open, reported } = await openTest(t);
  await mkdir(join(directory, 'aws'), { recursive: true });
  await writeFile(join(directory, 'aws/transfer'), 'a file where a directory should be');
  const logs = open();
  logs.write(alice, 1, {});
  logs.write({ group: 'other', stream: 's' }, 1, {});
  const circle: { self?: object } = {};
  circle.self = circle;
  logs.write({ group: 'other', stream: 's' }, 2, circle);
  await logs.flush();
  assert.deepEqual(await logs.read({ group: 'other', stream: 's' }), [{ time: 1 }]);
  assert.equal(reported.length, 2);
  assert.ok(reported.some(({ about }) => 'lines' in about && about.lines === 1));
  await logs.close();
});

test('of what comes at once nothing is lost, however much it is, and little of it waits in memory', async (t) => {
  const { directory, open, reported } = await openTest(t);
  const logs = open();
  const megabyte = { text: 'x'.repeat(1024 * 1024) };
  for (let n = 0; n < 80; n++) logs.write(alice, n, megabyte);
  const before = await readFile(join(directory, `${alice.group}/${alice.stream}.jsonl`));
  assert.ok(before.length > 76 * 1024 * 1024, `${before.length} bytes`);
  assert.equal((await logs.read(alice)).length, 80);
  assert.deepEqual(reported, []);
  await logs.close();
});

test('streams go so many days after their last line, at once and once a day', async (t) => {
  const { directory, clock, open, reported } = await openTest(t);
  const folder = join(directory, 'aws/transfer/s-0123456789abcdef0');
  const before = open();
  for (const stream of ['old', 'new']) before.write({ group: SERVER, stream }, 1, {});
  before.write({ group: '/aws/transfer/s-gone', stream: 'old' }, 1, {});
  await before.close();
  await writeFile(join(folder, 'old.txt'), 'of somebody else');
  const aged = new Date(clock.now() - 11 * DAY);
  for (const path of [join(folder, 'old.jsonl'), join(folder, 'old.txt')]) await utimes(path, aged, aged);
  await utimes(join(directory, 'aws/transfer/s-gone/old.jsonl'), aged, aged);
  const keeping = open(0);
  await keeping.close();
  assert.ok(await exists(join(folder, 'old.jsonl')));

  const logs = open(10);
  await logs.close();
  assert.deepEqual(await readdir(folder), ['new.jsonl', 'old.txt']);
  assert.deepEqual(await readdir(join(directory, 'aws/transfer')), ['s-0123456789abcdef0']);

  const daily = open(10);
  clock.advance(9 * DAY);
  await daily.flush();
  assert.ok(await exists(join(folder, 'new.jsonl')));
  clock.advance(2 * DAY);
  await daily.close();
  assert.deepEqual(await readdir(folder), ['old.txt']);
  assert.deepEqual(reported, []);
  assert.equal(clock.waiting, 0);
});

test('a stream that goes while lines come for it begins anew', async (t) => {
  const { directory, clock, open, reported } = await openTest(t);
  const logs = open(10);
  logs.write(alice, 1, {});
  await logs.flush();
  const file = join(directory, 'aws/transfer/s-0123456789abcdef0/alice.0123456789abcdef.jsonl');
  const aged = new Date(clock.now() - 11 * DAY);
  await utimes(file, aged, aged);
  clock.advance(DAY);
  logs.write(alice, 2, {});
  await logs.close();
  const lines = await open().read(alice);
  assert.deepEqual(lines.at(-1), { time: 2 });
  assert.deepEqual(reported, []);
});
