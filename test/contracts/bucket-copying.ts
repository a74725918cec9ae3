import assert from 'node:assert/strict';
import { get, getBytes, keys, md5, put, rejects, timeless } from '../support/objects.ts';
import type { BucketTest } from './bucket-test.ts';
import { pattern } from './bucket-writing.ts';

export function copyingContract(bucketTest: BucketTest): void {
  bucketTest('a copy has content, metadata and tags', async ({ bucket, other }) => {
    const source = await put(bucket, 'in/a', 'hello', { metadata: { m: '1' } });
    await bucket.putTags({ key: 'in/a' }, [{ Key: 'k', Value: 'v' }]);
    for (const target of [bucket, other]) {
      const copied = await target.copy({ bucket, key: 'in/a', etag: source.etag }, 'out/b');
      assert.deepEqual([copied.key, copied.size, copied.etag], ['out/b', 5, source.etag]);
      assert.deepEqual(copied.metadata, { m: '1' });
      assert.deepEqual(timeless(await target.head({ key: 'out/b' })), timeless(copied));
      assert.deepEqual(await target.getTags({ key: 'out/b' }), [{ Key: 'k', Value: 'v' }]);
      assert.equal(await get(target, 'out/b'), 'hello');
    }
    assert.equal(await get(bucket, 'in/a'), 'hello');
  });

  bucketTest('large content is copied whole', async ({ bucket, other }) => {
    const content = pattern(40 << 20);
    const writer = await bucket.create('large');
    for (let at = 0; at < content.length; at += 1 << 20) {
      await writer.write(at, Buffer.from(content.subarray(at, at + (1 << 20))));
    }
    await writer.publish();
    for (const ifAbsent of [true, false]) {
      const copied = await other.copy({ bucket, key: 'large' }, 'copy', { ifAbsent });
      assert.deepEqual(timeless(await other.head({ key: 'copy' })), timeless(copied));
    }
    assert.equal(md5(await getBytes(other, 'copy')), md5(content));
  });

  bucketTest('a copy is refused when its source is not what it was', async ({ bucket, other }) => {
    const { etag } = await put(bucket, 'a', 'one');
    await put(bucket, 'a', 'two');
    await rejects(other.copy({ bucket, key: 'a', etag }, 'b'), 'changed');
    await rejects(other.copy({ bucket, key: 'none' }, 'b'), 'not-found');
    assert.deepEqual(await keys(other), []);
  });

  bucketTest('a copy replaces, unless it must not', async ({ bucket, other }) => {
    await put(bucket, 'a', 'one');
    await put(other, 'b', 'taken');
    await rejects(other.copy({ bucket, key: 'a' }, 'b', { ifAbsent: true }), 'exists');
    assert.equal(await get(other, 'b'), 'taken');
    await other.copy({ bucket, key: 'a' }, 'b');
    assert.equal(await get(other, 'b'), 'one');
  });

  bucketTest('of many exclusive copies one wins, and marks tell whose it is', async ({ bucket, other }) => {
    await put(bucket, 'a', 'one');
    const copy = (mark: string) => other.copy({ bucket, key: 'a' }, 'b', { ifAbsent: true, mark });
    const outcomes = await Promise.allSettled(['m0', 'm1', 'm2', 'm3', 'm4'].map(copy));
    const winners = outcomes.flatMap(({ status }, at) => (status === 'fulfilled' ? [`m${at}`] : []));
    assert.equal(winners.length, 1);
    const [winner] = winners as [string];
    assert.equal((await copy(winner)).etag, (await other.head({ key: 'b' }))?.etag);
    await rejects(copy('m9'), 'exists');
  });

  bucketTest('large copies replace no more than small ones', async ({ bucket, other }) => {
    const content = pattern(12 << 20);
    await put(bucket, 'large', content);
    const copy = (mark: string) => other.copy({ bucket, key: 'large' }, 'b', { ifAbsent: true, mark });
    const outcomes = await Promise.allSettled(['m0', 'm1', 'm2'].map(copy));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    await rejects(copy('m9'), 'exists');
    await put(other, 'taken', 'small');
    await rejects(other.copy({ bucket, key: 'large' }, 'taken', { ifAbsent: true }), 'exists');
    assert.equal(await get(other, 'taken'), 'small');
    assert.equal(md5(await getBytes(other, 'b')), md5(content));
  });

  bucketTest('copies are of keys with all kinds of characters', async ({ bucket, other }) => {
    for (const key of ['a b', 'x+y', '%2F', 'ümläut/é', '?x=1&y', '#', '😀']) {
      await put(bucket, key, key);
      await bucket.putTags({ key }, [{ Key: 'a +', Value: 'b+ c' }]);
      for (const ifAbsent of [true, false]) {
        await other.copy({ bucket, key }, `to/${key}`, { ifAbsent });
        assert.equal(await get(other, `to/${key}`), key);
        assert.deepEqual(await other.getTags({ key: `to/${key}` }), [{ Key: 'a +', Value: 'b+ c' }]);
      }
    }
  });

  bucketTest('a mark stays with its object and does not go with copies', async ({ bucket, other }) => {
    await put(bucket, 'a', 'one', { mark: 'mine', metadata: { m: '1' } });
    await other.copy({ bucket, key: 'a' }, 'b');
    await rejects(put(other, 'b', 'two', { ifAbsent: true, mark: 'mine' }), 'exists');
    await other.copy({ bucket, key: 'a' }, 'c', { ifAbsent: true, mark: 'theirs' });
    assert.deepEqual((await other.head({ key: 'c' }))?.metadata, { m: '1' });
    await rejects(put(other, 'c', 'two', { ifAbsent: true, mark: 'mine' }), 'exists');
  });

  bucketTest(
    'who published an object is told by its mark, as long as it is that object',
    async ({ bucket, other }) => {
      const source = await put(bucket, 'a', 'one');
      assert.equal(await other.published('b', 'm1'), undefined);
      const copied = await other.copy({ bucket, key: 'a' }, 'b', { mark: 'm1' });
      await bucket.remove({ key: 'a' });
      const found = await other.published('b', 'm1');
      assert.deepEqual(timeless(found), timeless(copied));
      assert.equal(found?.etag, source.etag);
      assert.equal(await other.published('b', 'm2'), undefined);
      await other.putTags({ key: 'b' }, [{ Key: 'k', Value: 'v' }]);
      assert.equal((await other.published('b', 'm1'))?.etag, source.etag, 'tags are no other content');
      await put(other, 'b', 'two');
      assert.equal(await other.published('b', 'm1'), undefined);
    },
  );

  bucketTest('an upload shows with its tags', async ({ bucket }) => {
    const tags = [{ Key: 'k &', Value: 'v=ü' }];
    for (const [key, size] of [
      ['small', 5],
      ['large', 12 << 20],
    ] as const) {
      const writer = await bucket.create(key, { tags });
      await writer.write(0, pattern(size));
      await writer.publish();
      assert.deepEqual(await bucket.getTags({ key }), tags);
    }
  });

  bucketTest('a copy that is called off leaves nothing', async ({ bucket, other }) => {
    await put(bucket, 'a', 'one');
    const signal = AbortSignal.abort(new Error('called off'));
    await assert.rejects(other.copy({ bucket, key: 'a' }, 'b', { signal }));
    assert.deepEqual(await keys(other), []);
  });
}
