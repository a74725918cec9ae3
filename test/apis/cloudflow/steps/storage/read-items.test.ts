import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ReadItemsCall } from '../../../../../src/apis/cloudflow/machine/effects.ts';
import { readItemsStep } from '../../../../../src/apis/cloudflow/steps/storage/read-items.ts';
import type { Storage } from '../../../../../src/files/storage.ts';
import { createFixedClock } from '../../../../support/fixed-clock.ts';
import { failing, MemoryBucket } from '../../../../support/memory-bucket.ts';
import { runStep, stepFailure } from '../../../../support/run-step.ts';
import { settle } from '../../../../support/toy-kernel.ts';

function storageOf(bucket: MemoryBucket): Promise<Storage> {
  const storage: Partial<Storage> = { bucket: (name) => (name === bucket.name ? bucket : undefined) };
  return Promise.resolve(storage as Storage);
}

interface World {
  readonly bucket: MemoryBucket;
  readonly clock: ReturnType<typeof createFixedClock>;
  readonly step: ReturnType<typeof readItemsStep>;
  /** What was asked of the role. */
  readonly asked: string[];
}

function open(may: (action: string, resource: string) => boolean = () => true): World {
  const bucket = new MemoryBucket('b');
  const clock = createFixedClock();
  const asked: string[] = [];
  const step = readItemsStep({
    storage: storageOf(bucket),
    clock,
    mayDo: async (_, { action, resource }) => {
      asked.push(`${action} ${resource}`);
      return may(action, resource);
    },
  });
  return { bucket, clock, step, asked };
}

const call = (given: Partial<ReadItemsCall>): ReadItemsCall => ({
  source: 'csv',
  bucket: 'b',
  key: 'k',
  most: 100,
  mostBytes: 1000,
  ...given,
});

async function itemsOf(content: string | Uint8Array, given: Partial<ReadItemsCall>): Promise<unknown> {
  const { bucket, step } = open();
  bucket.put(given.key ?? 'k', content);
  return runStep(step, call(given));
}

async function failureOf(content: string | Uint8Array, given: Partial<ReadItemsCall>): Promise<unknown> {
  const { bucket, step } = open();
  bucket.put(given.key ?? 'k', content);
  return stepFailure(step, call(given));
}

test('rows of CSV are objects by the names of the first row, or by given ones', async () => {
  const text = '\ufeffid,name\r\n1,"a, b"\r\n2\r\n';
  assert.deepEqual(await itemsOf(text, {}), [
    { id: '1', name: 'a, b' },
    { id: '2', name: '' },
  ]);
  assert.deepEqual(await itemsOf('1,2\n', { headers: ['x', '__proto__'] }), [
    JSON.parse('{"x":"1","__proto__":"2"}'),
  ]);
  assert.deepEqual(await itemsOf('id,name\n', {}), []);
  assert.deepEqual(await itemsOf('', {}), []);
});

test('a JSON array and lines of JSON give their values', async () => {
  assert.deepEqual(await itemsOf('[{"a":1},2,"x"]', { source: 'json-list' }), [{ a: 1 }, 2, 'x']);
  assert.deepEqual(await itemsOf('{"a":1}\r\n\n2\n"x"', { source: 'json-lines' }), [{ a: 1 }, 2, 'x']);
});

test('what is packed is unpacked', async () => {
  const packed = gzipSync('a\n1\n');
  assert.deepEqual(await itemsOf(packed, { key: 'k.csv.gz' }), [{ a: '1' }]);
});

test('objects are listed over all pages', async () => {
  const { bucket, step, asked } = open();
  for (const key of ['a/1', 'a/2', 'b/1']) bucket.put(key, key);
  const { list } = bucket;
  bucket.list = async (query) => {
    const page = await list.call(bucket, { ...query, limit: 1 });
    const [last] = page.objects;
    return { ...page, ...(last !== undefined && { next: last.key }) };
  };
  const items = (await runStep(step, call({ source: 'objects', key: 'a/' }))) as Record<string, unknown>[];
  assert.deepEqual(
    items.map(({ Key, Size, LastModified }) => [Key, Size, LastModified]),
    [
      ['a/1', 3, '1970-01-01T00:00:00.000Z'],
      ['a/2', 3, '1970-01-01T00:00:00.000Z'],
    ],
  );
  assert.match(String(items[0]?.ETag), /^"[0-9A-F]{32}"$/);
  assert.deepEqual(asked, ['oss:ListObjects acs:oss:cn-hangzhou:000000000000:b']);
});

const MANIFEST = {
  fileFormat: 'CSV',
  fileSchema: 'Bucket, Key, Size',
  files: [{ key: 'i/1.csv.gz' }, { key: 'i/2.csv' }],
};

test('an inventory gives what its files list, in their order', async () => {
  const { bucket, step, asked } = open();
  bucket.put('i/manifest.json', JSON.stringify(MANIFEST));
  bucket.put('i/1.csv.gz', gzipSync('"src","a%20b%2Fc","1"\n"src","%zz","2"\n'));
  bucket.put('i/2.csv', 'src,d,3\n');
  assert.deepEqual(await runStep(step, call({ source: 'inventory', key: 'i/manifest.json' })), [
    { Bucket: 'src', Key: 'a b/c', Size: '1' },
    { Bucket: 'src', Key: '%zz', Size: '2' },
    { Bucket: 'src', Key: 'd', Size: '3' },
  ]);
  assert.deepEqual(
    asked,
    ['i/manifest.json', 'i/1.csv.gz', 'i/2.csv'].map(
      (key) => `oss:GetObject acs:oss:cn-hangzhou:000000000000:b/${key}`,
    ),
  );
});

for (const [what, manifest, problem] of [
  ['no JSON', '{', 'it is not JSON'],
  ['a list', '[]', 'it is no object'],
  ['of another format', JSON.stringify({ ...MANIFEST, fileFormat: 'ORC' }), 'its fileFormat is not CSV'],
  ['without a schema', JSON.stringify({ ...MANIFEST, fileSchema: 1 }), 'it has no fileSchema'],
  ['without files', JSON.stringify({ ...MANIFEST, files: {} }), 'it has no files'],
  ['with a file without a key', JSON.stringify({ ...MANIFEST, files: [{}] }), 'a file has no key'],
] as const) {
  test(`a manifest that is ${what} is refused`, async () => {
    assert.deepEqual(await failureOf(manifest, { source: 'inventory' }), [
      'FnF.ItemReaderFailed',
      `The object k is not the manifest of an inventory: ${problem}`,
    ]);
  });
}

test('no more is read than is wanted', async () => {
  const { bucket, step } = open();
  bucket.put('k', `a\n1\n2\n${'"no end'.repeat(10)}`);
  assert.deepEqual(await runStep(step, call({ wanted: 2, most: 2 })), [{ a: '1' }, { a: '2' }]);
});

const TOO_MUCH: Readonly<
  Record<string, readonly [content: string, given: Partial<ReadItemsCall>, cause: RegExp]>
> = {
  'more items': ['a\n1\n2\n3\n', { most: 2 }, /^The map has more than 2 items/],
  'more bytes': [
    `[${Array(20).fill('"0123456789"').join()}]`,
    { source: 'json-list', mostBytes: 100 },
    /more than 100 bytes/,
  ],
  'a row without an end': [`a\n"${'x'.repeat(500)}`, { mostBytes: 100 }, /more than 100 bytes/],
  'an element without an end': [
    `["${'x'.repeat(500)}`,
    { source: 'json-list', mostBytes: 100 },
    /more than 100 bytes/,
  ],
  'a line without an end': [
    `"${'x'.repeat(500)}`,
    { source: 'json-lines', mostBytes: 100 },
    /more than 100 bytes/,
  ],
};
for (const [what, [content, given, cause]] of Object.entries(TOO_MUCH)) {
  test(`${what} than there may be is a failure`, async () => {
    const [error, message] = (await failureOf(content, given)) as [string, string];
    assert.equal(error, 'FnF.DataLimitExceeded');
    assert.match(message, cause);
  });
}

test('a packed object is unpacked no further than there may be bytes', async () => {
  const packed = gzipSync(`a\n${'x'.repeat(20_000_000)}`);
  const [error] = (await failureOf(packed, { key: 'k.gz' })) as [string];
  assert.equal(error, 'FnF.DataLimitExceeded');
});

const WRONG: Readonly<
  Record<string, readonly [content: string | Uint8Array, given: Partial<ReadItemsCall>, cause: RegExp]>
> = {
  'CSV whose quotes are wrong': ['a\n"1', {}, /^The object k is not CSV: a quoted field has no end/],
  'a row that is too long': [
    'a\n1,2\n',
    {},
    /^The object k is not CSV: a row has 2 fields, and there are 1 columns/,
  ],
  'a header with a name twice': ['a,a\n', {}, /two columns have the same name/],
  'JSON that is no array': [
    '{}',
    { source: 'json-list' },
    /^The object k is not a JSON array: it is no array/,
  ],
  'an element that is no JSON': ['[1,x]', { source: 'json-list' }, /^The object k is not a JSON array: /],
  'a line that is no JSON': ['1\nx\n', { source: 'json-lines' }, /^The object k is not lines of JSON: /],
  'a number that is too large': ['1e400\n', { source: 'json-lines' }, /: A number is too large\.$/],
  'text in no UTF-8': [new Uint8Array([0xff, 0xfe]), {}, /^The object k is not text in UTF-8$/],
  'what is not packed': ['a\n', { key: 'k.gz' }, /^The object k.gz is not packed by gzip$/],
  'lists in lists': [
    `[${'['.repeat(300)}${']'.repeat(300)}]`,
    { source: 'json-list' },
    /one is nested too deeply/,
  ],
};
for (const [what, [content, given, cause]] of Object.entries(WRONG)) {
  test(`${what} is a failure`, async () => {
    const [error, message] = (await failureOf(content, given)) as [string, string];
    assert.equal(error, 'FnF.ItemReaderFailed');
    assert.match(message, cause);
  });
}

test('what is not there, or not allowed, has a name', async () => {
  const { step } = open();
  assert.deepEqual(await stepFailure(step, call({ bucket: 'c' })), [
    'OSS.NoSuchBucket',
    'There is no bucket c',
  ]);
  assert.deepEqual(await stepFailure(step, call({})), ['OSS.NoSuchKey', 'There is no k']);
  const denied = open(() => false);
  assert.deepEqual(await stepFailure(denied.step, call({ source: 'objects' })), [
    'OSS.AccessDenied',
    'The role of the flow is not authorized to perform: oss:ListObjects on resource: acs:oss:cn-hangzhou:000000000000:b',
  ]);
});

test('a bucket that is away for a moment is asked again, from the beginning', async () => {
  const { bucket, step, clock } = open();
  bucket.put('k', 'a\n1\n');
  bucket.before = failing(2, 'unavailable');
  const reading = runStep(step, call({}));
  for (const seconds of [1, 2]) {
    await settle();
    clock.advance(seconds * 1000);
  }
  assert.deepEqual(await reading, [{ a: '1' }]);

  bucket.before = failing(9, 'throttled');
  const failed = stepFailure(step, call({}));
  for (const seconds of [1, 2, 5, 10]) {
    await settle();
    clock.advance(seconds * 1000);
  }
  assert.deepEqual(await failed, ['OSS.RequestTimeout', 'a fault of the test']);
});

test('what nobody wants any more ends, also between two attempts', async () => {
  const { bucket, step } = open();
  bucket.put('k', 'a\n1\n');
  bucket.before = failing(1, 'unavailable');
  const controller = new AbortController();
  const reading = runStep(step, call({}), { signal: controller.signal });
  await settle();
  controller.abort(new Error('over'));
  await assert.rejects(reading, { message: 'over' });
});
