import assert from 'node:assert/strict';
import { get, keys, put, rejects } from '../support/objects.ts';
import type { BucketTest } from './bucket-test.ts';
import { pattern } from './bucket-writing.ts';

export function readingContract(bucketTest: BucketTest): void {
  bucketTest('reads are of any part, and none after the end', async ({ bucket }) => {
    const content = pattern(500_000);
    await put(bucket, 'a', content);
    const reader = await bucket.open({ key: 'a' });
    assert.equal(reader.info.size, content.length);
    for (const [position, length] of [
      [0, 10],
      [499_990, 100],
      [100, 300_000],
      [250_000, 1],
      [0, 500_000],
      [0, 900_000],
    ] as const) {
      assert.deepEqual(
        Buffer.from(await reader.read(position, length)),
        content.subarray(position, position + length),
        `${length} from ${position}`,
      );
    }
    assert.equal((await reader.read(500_000, 10)).length, 0);
    assert.equal((await reader.read(9_000_000, 10)).length, 0);
    await reader.close();
  });

  bucketTest('one room serves all reads that come one after the other', async ({ bucket }) => {
    const content = pattern(250_000);
    await put(bucket, 'a', content);
    const reader = await bucket.open({ key: 'a' });
    const room = Buffer.alloc(100_000);
    for (const position of [0, 100_000, 200_000]) {
      const bytes = await reader.read(position, room.length, room);
      assert.deepEqual(Buffer.from(bytes), content.subarray(position, position + room.length));
    }
    await reader.close();
  });

  bucketTest('reads go on at the same time', async ({ bucket }) => {
    const content = pattern(2_000_000);
    await put(bucket, 'a', content);
    const reader = await bucket.open({ key: 'a' });
    const starts = Array.from({ length: 40 }, (_, at) => (at * 48_611) % 1_950_000);
    const pieces = await Promise.all(starts.map((start) => reader.read(start, 50_000)));
    for (const [at, start] of starts.entries()) {
      assert.deepEqual(Buffer.from(pieces[at] as Uint8Array), content.subarray(start, start + 50_000));
    }
    await reader.close();
  });

  bucketTest('one content is read, or none, when the key is written meanwhile', async ({ bucket }) => {
    await put(bucket, 'a', pattern(300_000));
    const reader = await bucket.open({ key: 'a' });
    await reader.read(0, 1000);
    await put(bucket, 'a', Buffer.alloc(300_000));
    try {
      const rest = await reader.read(200_000, 100_000);
      assert.deepEqual(Buffer.from(rest), pattern(100_000, 200_000));
    } catch {
      await rejects(reader.read(200_000, 100_000), 'changed');
    }
    await reader.close();
  });

  bucketTest('opening asks for the content that the caller knows', async ({ bucket }) => {
    const { etag } = await put(bucket, 'a', 'one');
    await (await bucket.open({ key: 'a' }, { etag })).close();
    await put(bucket, 'a', 'two');
    await rejects(bucket.open({ key: 'a' }, { etag }), 'changed');
    assert.equal(await get(bucket, 'a'), 'two');
  });

  bucketTest('a marker is read and copied as an empty object', async ({ bucket, other }) => {
    await put(bucket, 'in/', '', { metadata: { m: '1' } });
    assert.equal(await get(bucket, 'in/'), '');
    const copied = await other.copy({ bucket, key: 'in/' }, 'out/');
    assert.deepEqual([copied.size, copied.metadata], [0, { m: '1' }]);
    assert.deepEqual(await keys(other), ['out/']);
  });

  bucketTest('what is not there is not found', async ({ bucket }) => {
    await put(bucket, 'dir/file', 'x');
    for (const key of [
      'none',
      'dir',
      'dir/',
      'dir/file/',
      'dir/file/x',
      '../x',
      'dir/../dir/file',
      '.',
      '..',
      '/x',
    ]) {
      assert.equal(await bucket.head({ key }), undefined, key);
      assert.equal(await bucket.find(key), undefined, key);
      await rejects(bucket.open({ key }), 'not-found');
      await rejects(bucket.getTags({ key }), 'not-found');
    }
    assert.equal(await bucket.hasUnder('dir/'), true);
    assert.equal(await bucket.hasUnder('dir/file/'), false);
    assert.equal(await bucket.hasUnder('di/'), false);
  });
}
