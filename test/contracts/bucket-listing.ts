import assert from 'node:assert/strict';
import { keys, pages, put } from '../support/objects.ts';
import type { BucketTest } from './bucket-test.ts';

const ALL = ['a', 'a-b', 'a/b', 'a/c/d', 'a/c/e', 'a0', 'a2', 'b/', 'b/x', 'z', '\uff5e', '\u{1f600}'];

export function listingContract(bucketTest: BucketTest): void {
  bucketTest('keys come in the order of their bytes', async ({ bucket }) => {
    for (const key of TREE.toReversed()) await put(bucket, key, key.endsWith('/') ? '' : 'x');
    const sorted = TREE.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    assert.deepEqual(await keys(bucket), sorted);
    for (const limit of [1, 2, 3, 5]) {
      const found = await pages(bucket, { limit });
      assert.deepEqual(found.flat(), sorted, `pages of ${limit}`);
      assert.ok(found.every((page) => page.length <= limit));
    }
    for (const [at, after] of sorted.entries()) {
      assert.deepEqual(await keys(bucket, { after }), sorted.slice(at + 1), `after ${after}`);
    }
  });

  bucketTest('a delimiter puts together what lies deeper', async ({ bucket }) => {
    for (const key of TREE) await put(bucket, key, key.endsWith('/') ? '' : 'x');
    const delimiter = '/';
    const top = ['a-b', 'a/', 'a0', 'a2', 'b/', 'z', '\uff5e', '\u{1f600}'];
    for (const limit of [1, 2, 3, 1000]) {
      assert.deepEqual(sorted(await keys(bucket, { delimiter, limit })), sorted(top), `pages of ${limit}`);
      assert.deepEqual(await keys(bucket, { delimiter, limit, prefix: 'a/' }), ['a/b', 'a/c/']);
      assert.deepEqual(await keys(bucket, { delimiter, limit, prefix: 'b/' }), ['b/', 'b/x']);
      assert.deepEqual(await keys(bucket, { delimiter, limit, prefix: 'a/c/' }), ['a/c/d', 'a/c/e']);
      assert.deepEqual(sorted(await keys(bucket, { delimiter, limit, prefix: 'a' })), [
        'a-b',
        'a/',
        'a0',
        'a2',
      ]);
    }
    const { objects, prefixes } = await bucket.list({ prefix: '', delimiter, limit: 1000 });
    assert.deepEqual(prefixes, ['a/', 'b/']);
    assert.deepEqual([objects[0]?.key, objects[0]?.size], ['a-b', 1]);
  });

  bucketTest('a prefix need not end at a slash', async ({ bucket }) => {
    for (const key of TREE) await put(bucket, key, key.endsWith('/') ? '' : 'x');
    assert.deepEqual(await keys(bucket, { prefix: 'a/c' }), ['a/c/d', 'a/c/e']);
    assert.deepEqual(await keys(bucket, { prefix: 'a/c/d' }), ['a/c/d']);
    assert.deepEqual(await keys(bucket, { prefix: 'b' }), ['b/', 'b/x']);
    assert.deepEqual(await keys(bucket, { prefix: 'nothing' }), []);
    assert.deepEqual(await keys(bucket, { prefix: 'z/' }), []);
    assert.deepEqual(await keys(bucket, { prefix: '../' }), []);
    assert.deepEqual(await keys(bucket, { prefix: 'a/', after: 'a/c/d' }), ['a/c/e']);
    assert.deepEqual(await keys(bucket, { prefix: 'a/', after: 'a/c' }), ['a/c/d', 'a/c/e']);
  });

  bucketTest('long lists come in pages', async ({ bucket }) => {
    const all = Array.from({ length: 120 }, (_, at) => `many/${String(at).padStart(4, '0')}`);
    await Promise.all(all.map((key) => put(bucket, key, 'x')));
    const found = await pages(bucket, { prefix: 'many/', delimiter: '/', limit: 50 });
    assert.deepEqual(
      found.map(({ length }) => length),
      [50, 50, 20],
    );
    assert.deepEqual(found.flat(), all);
  });
}

const sorted = (found: readonly string[]): string[] => found.toSorted();

/** Without `a`, which in a directory cannot be beside `a/b`. */
const TREE = ALL.slice(1);
