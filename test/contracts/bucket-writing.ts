import assert from 'node:assert/strict';
import { get, getBytes, keys, md5, put, rejects, timeless } from '../support/objects.ts';
import type { BucketTest } from './bucket-test.ts';

const MEGABYTE = 1 << 20;

/** Bytes that differ from place to place, so that nothing can be swapped unnoticed. */
export function pattern(length: number, from = 0): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at++) bytes[at] = ((from + at) * 31 + ((from + at) >> 8) * 7) & 0xff;
  return bytes;
}

export function writingContract(bucketTest: BucketTest): void {
  bucketTest('an object is there whole with its properties', async ({ bucket }) => {
    const info = await put(bucket, 'in/a.txt', 'hello', { metadata: { 'user-agent': 'AWSTransfer' } });
    assert.equal(info.key, 'in/a.txt');
    assert.equal(info.size, 5);
    assert.equal(info.etag, md5('hello'));
    assert.deepEqual(info.metadata, { 'user-agent': 'AWSTransfer' });
    assert.deepEqual(timeless(await bucket.head({ key: 'in/a.txt' })), timeless(info));
    assert.equal(await get(bucket, 'in/a.txt'), 'hello');
    const found = await bucket.find('in/a.txt');
    const { modifiedAt } = (await bucket.head({ key: 'in/a.txt' })) ?? info;
    assert.deepEqual([found?.size, found?.modifiedAt], [5, modifiedAt]);
  });

  bucketTest('an empty object is one', async ({ bucket }) => {
    const writer = await bucket.create('empty');
    const info = await writer.publish();
    assert.deepEqual([info.size, info.etag], [0, md5('')]);
    assert.equal(await get(bucket, 'empty'), '');
    assert.deepEqual(await keys(bucket), ['empty']);
  });

  bucketTest('nothing is seen of an object before it is published', async ({ bucket }) => {
    await put(bucket, 'a', 'old');
    const writer = await bucket.create('a');
    await writer.write(0, pattern(3 * MEGABYTE));
    const fresh = await bucket.create('dir/new');
    await fresh.write(0, Buffer.from('x'));
    assert.equal(await get(bucket, 'a'), 'old');
    assert.deepEqual(await keys(bucket), ['a']);
    await writer.publish();
    await fresh.publish();
    assert.equal((await bucket.head({ key: 'a' }))?.size, 3 * MEGABYTE);
    assert.deepEqual(await keys(bucket), ['a', 'dir/new']);
  });

  bucketTest('an aborted upload leaves nothing', async ({ bucket }) => {
    const small = await bucket.create('small');
    await small.write(0, Buffer.from('x'));
    await small.abort();
    const large = await bucket.create('deep/large');
    for (let at = 0; at < 20; at++) await large.write(at * MEGABYTE, pattern(MEGABYTE));
    await large.abort();
    assert.deepEqual(await keys(bucket), []);
    assert.equal(await bucket.hasUnder('deep/'), false);
  });

  bucketTest('content of many pieces keeps their order', async ({ bucket }) => {
    const content = pattern(21 * MEGABYTE + 17);
    const writer = await bucket.create('large');
    for (let at = 0; at < content.length; at += 255_000) {
      // Its memory is for the next.
      const piece = Buffer.from(content.subarray(at, at + 255_000));
      await writer.write(at, piece);
      piece.fill(0);
    }
    const info = await writer.publish();
    assert.deepEqual(timeless(await bucket.head({ key: 'large' })), timeless(info));
    assert.equal(info.size, content.length);
    assert.equal(md5(await getBytes(bucket, 'large')), md5(content));
  });

  bucketTest('pieces of every size are put together', async ({ bucket }) => {
    const content = pattern(300_000);
    const writer = await bucket.create('sizes');
    let at = 0;
    for (let size = 1; at < content.length; size = (size * 7 + 3) % 70_001) {
      const piece = Buffer.from(content.subarray(at, at + size));
      await writer.write(at, piece);
      piece.fill(0);
      at += Math.min(size, content.length - at);
    }
    assert.equal((await writer.publish()).etag, md5(content));
    assert.deepEqual(await getBytes(bucket, 'sizes'), content);
  });

  bucketTest('where it says so it writes at any position, else only onwards', async ({ bucket }) => {
    const writer = await bucket.create('random');
    if (!bucket.writesAnywhere) {
      await writer.write(0, Buffer.from('abc'));
      await rejects((async () => writer.write(9, Buffer.from('x')))(), 'unsupported');
      await writer.abort();
      return;
    }
    await writer.write(200_000, Buffer.from('end'));
    await writer.write(0, Buffer.from('start'));
    await writer.write(2, Buffer.from('ART'));
    const expected = Buffer.concat([Buffer.from('start'), Buffer.alloc(199_995), Buffer.from('end')]);
    // The third write covered bytes of the second.
    expected.write('stART', 0);
    const info = await writer.publish();
    assert.deepEqual([info.size, info.etag], [200_003, md5(expected)]);
    assert.deepEqual(await getBytes(bucket, 'random'), expected);
  });

  bucketTest('a key is replaced at once, with its metadata', async ({ bucket }) => {
    await put(bucket, 'a', 'one', { metadata: { n: '1', only: 'first' } });
    await bucket.putTags({ key: 'a' }, [{ Key: 'k', Value: 'v' }]);
    await put(bucket, 'a', 'second', { metadata: { n: '2' } });
    assert.equal(await get(bucket, 'a'), 'second');
    assert.deepEqual((await bucket.head({ key: 'a' }))?.metadata, { n: '2' });
    assert.deepEqual(await bucket.getTags({ key: 'a' }), []);
  });

  bucketTest('of many exclusive publications one wins', async ({ bucket }) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, at) => put(bucket, 'dir/one', `writer ${at}`, { ifAbsent: true })),
    );
    const winners = outcomes.flatMap(({ status }, at) => (status === 'fulfilled' ? [at] : []));
    assert.equal(winners.length, 1);
    assert.equal(await get(bucket, 'dir/one'), `writer ${winners[0]}`);
    await rejects(put(bucket, 'dir/one', 'late', { ifAbsent: true }), 'exists');
    assert.equal(await get(bucket, 'dir/one'), `writer ${winners[0]}`);
  });

  bucketTest('of many exclusive publications of large content one wins', async ({ bucket }) => {
    const contents = [1, 2, 3].map((seed) => pattern(9 * MEGABYTE, seed));
    const write = (content: Buffer) => put(bucket, 'large', content, { ifAbsent: true });
    const outcomes = await Promise.allSettled(contents.map(write));
    const winners = outcomes.flatMap(({ status }, at) => (status === 'fulfilled' ? [at] : []));
    assert.equal(winners.length, 1);
    await rejects(write(pattern(10 * MEGABYTE)), 'exists');
    assert.equal(md5(await getBytes(bucket, 'large')), md5(contents[winners[0] ?? 9] ?? ''));
  });

  bucketTest('who finds its own mark has succeeded', async ({ bucket }) => {
    const first = await put(bucket, 'a', 'content', { ifAbsent: true, mark: 'run-1 step 0' });
    const again = await put(bucket, 'a', 'content', { ifAbsent: true, mark: 'run-1 step 0' });
    assert.deepEqual([again.etag, again.size], [first.etag, first.size]);
    await rejects(put(bucket, 'a', 'other', { ifAbsent: true, mark: 'run-2 step 0' }), 'exists');
    await rejects(put(bucket, 'a', 'other', { ifAbsent: true }), 'exists');
    assert.equal(await get(bucket, 'a'), 'content');
    assert.deepEqual((await bucket.head({ key: 'a' }))?.metadata, {});
    await put(bucket, 'a', 'unmarked');
    await rejects(put(bucket, 'a', 'content', { ifAbsent: true, mark: 'run-1 step 0' }), 'exists');
  });

  bucketTest('a publication that is called off does not happen', async ({ bucket }) => {
    const writer = await bucket.create('a');
    await writer.write(0, pattern(100));
    const reason = new Error('called off');
    await assert.rejects(writer.publish({ signal: AbortSignal.abort(reason) }));
    assert.deepEqual(await keys(bucket), []);
  });

  bucketTest('a marker is an object, and goes when it is removed', async ({ bucket }) => {
    await put(bucket, 'in/box/', '');
    assert.deepEqual(await keys(bucket), ['in/box/']);
    assert.equal((await bucket.head({ key: 'in/box/' }))?.size, 0);
    assert.equal((await bucket.head({ key: 'in/' }))?.size, undefined);
    await put(bucket, 'in/box/a', 'x');
    assert.deepEqual(await keys(bucket), ['in/box/', 'in/box/a']);
    await bucket.remove({ key: 'in/box/a' });
    assert.deepEqual(await keys(bucket), ['in/box/']);
    await bucket.remove({ key: 'in/box/' });
    assert.deepEqual(await keys(bucket), []);
    assert.equal(await bucket.hasUnder('in/'), false);
  });

  bucketTest('what is removed by its entity tag is that content, or stays', async ({ bucket }) => {
    const first = await put(bucket, 'a', 'one');
    await put(bucket, 'a', 'two');
    await assert.rejects(bucket.remove({ key: 'a' }, { etag: first.etag }), { reason: 'changed' });
    const now = await bucket.head({ key: 'a' });
    await bucket.remove({ key: 'a' }, { etag: now?.etag });
    assert.equal(await bucket.head({ key: 'a' }), undefined);
    await bucket.remove({ key: 'a' }, { etag: first.etag });
    const marker = await put(bucket, 'box/', '');
    await bucket.remove({ key: 'box/' }, { etag: marker.etag });
    assert.deepEqual(await keys(bucket), []);
  });

  bucketTest('what was removed has gone, and nothing is no error', async ({ bucket }) => {
    await put(bucket, 'dir/a', 'x');
    await bucket.remove({ key: 'dir/a' });
    assert.equal(await bucket.head({ key: 'dir/a' }), undefined);
    assert.equal(await bucket.find('dir/a'), undefined);
    await rejects(bucket.open({ key: 'dir/a' }), 'not-found');
    await bucket.remove({ key: 'dir/a' });
    await bucket.remove({ key: 'never/was' });
    assert.deepEqual(await keys(bucket), []);
  });

  bucketTest('keys of all kinds of characters are kept as they are', async ({ bucket }) => {
    const all = [
      'ümläut',
      'a b',
      'x+y',
      '%2F',
      '日本/語',
      '😀',
      'tab\there',
      'quote\'"',
      '*?[x]',
      'e\u0301',
      'é',
    ];
    for (const key of all) await put(bucket, key, `content of ${key}`);
    assert.deepEqual((await keys(bucket)).sort(), all.toSorted());
    for (const key of all) assert.equal(await get(bucket, key), `content of ${key}`);
  });

  bucketTest('keys that are too long are refused', async ({ bucket }) => {
    const long = `${'d'.repeat(200)}/`.repeat(5);
    await put(bucket, `${long}${'x'.repeat(19)}`, 'fits');
    await rejects(put(bucket, `${long}${'x'.repeat(20)}`, 'one byte more'), 'invalid');
    await rejects(put(bucket, '', 'none'), 'invalid');
  });
}
