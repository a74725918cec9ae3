import assert from 'node:assert/strict';
import { get, keys, put, rejects, timeless } from '../support/objects.ts';
import type { BucketTest } from './bucket-test.ts';
import { pattern } from './bucket-writing.ts';

export function versionsContract(bucketTest: BucketTest): void {
  bucketTest('each publication is a version that stays readable', async ({ bucket }) => {
    assert.equal(bucket.isVersioned, true);
    const one = await put(bucket, 'in/a', 'one', { metadata: { n: '1' } });
    const two = await put(bucket, 'in/a', 'two', { metadata: { n: '2' } });
    assert.ok(one.versionId !== undefined && two.versionId !== undefined);
    assert.notEqual(one.versionId, two.versionId);
    assert.equal(await get(bucket, 'in/a'), 'two');
    assert.equal(await get(bucket, { key: 'in/a', versionId: one.versionId }), 'one');
    assert.equal(await get(bucket, { key: 'in/a', versionId: two.versionId }), 'two');
    assert.deepEqual(timeless(await bucket.head({ key: 'in/a', versionId: one.versionId })), timeless(one));
    assert.deepEqual(await keys(bucket), ['in/a']);
    await rejects(bucket.open({ key: 'in/a', versionId: 'unknown' }), 'not-found');
    assert.equal(await bucket.head({ key: 'in/b', versionId: one.versionId }), undefined);
  });

  bucketTest('large uploads and copies say their versions too', async ({ bucket }) => {
    for (const ifAbsent of [true, false]) {
      const written = await put(bucket, 'a', pattern(9 << 20), { ifAbsent });
      const copied = await bucket.copy({ bucket, key: 'a' }, 'b', { ifAbsent });
      assert.equal(written.versionId, (await bucket.head({ key: 'a' }))?.versionId);
      assert.equal(copied.versionId, (await bucket.head({ key: 'b' }))?.versionId);
    }
  });

  bucketTest('tags are of one version', async ({ bucket }) => {
    const one = await put(bucket, 'a', 'one');
    await bucket.putTags({ key: 'a' }, [{ Key: 'k', Value: '1' }]);
    const two = await put(bucket, 'a', 'two');
    await bucket.putTags({ key: 'a', versionId: two.versionId }, [{ Key: 'k', Value: '2' }]);
    assert.deepEqual(await bucket.getTags({ key: 'a', versionId: one.versionId }), [
      { Key: 'k', Value: '1' },
    ]);
    await bucket.putTags({ key: 'a', versionId: one.versionId }, [{ Key: 'k', Value: '3' }]);
    assert.deepEqual(await bucket.getTags({ key: 'a' }), [{ Key: 'k', Value: '2' }]);
    assert.deepEqual(await bucket.getTags({ key: 'a', versionId: one.versionId }), [
      { Key: 'k', Value: '3' },
    ]);
  });

  bucketTest('removing hides, and removing a version is for good', async ({ bucket }) => {
    const one = await put(bucket, 'dir/a', 'one');
    const two = await put(bucket, 'dir/a', 'two');
    await bucket.remove({ key: 'dir/a' });
    assert.equal(await bucket.head({ key: 'dir/a' }), undefined);
    assert.deepEqual(await keys(bucket), []);
    assert.equal(await get(bucket, { key: 'dir/a', versionId: two.versionId }), 'two');
    const three = await put(bucket, 'dir/a', 'three', { ifAbsent: true });
    await bucket.remove({ key: 'dir/a', versionId: three.versionId });
    assert.equal(await bucket.head({ key: 'dir/a' }), undefined, 'the delete marker hides it again');
    await bucket.remove({ key: 'dir/a', versionId: two.versionId });
    await rejects(bucket.open({ key: 'dir/a', versionId: two.versionId }), 'not-found');
    assert.equal(await get(bucket, { key: 'dir/a', versionId: one.versionId }), 'one');
    await bucket.remove({ key: 'dir/a', versionId: 'unknown' });
  });

  bucketTest('without the current version the one before it shows', async ({ bucket }) => {
    const one = await put(bucket, 'a', 'one');
    const two = await put(bucket, 'a', 'two');
    await bucket.remove({ key: 'a', versionId: two.versionId });
    assert.equal(await get(bucket, 'a'), 'one');
    assert.equal((await bucket.head({ key: 'a' }))?.versionId, one.versionId);
    await bucket.remove({ key: 'a', versionId: one.versionId });
    assert.equal(await bucket.head({ key: 'a' }), undefined);
    assert.deepEqual(await keys(bucket), []);
  });

  bucketTest('a version can be copied', async ({ bucket, other }) => {
    const one = await put(bucket, 'a', 'one');
    await put(bucket, 'a', 'two');
    const copied = await other.copy({ bucket, key: 'a', versionId: one.versionId, etag: one.etag }, 'b');
    assert.equal(await get(other, 'b'), 'one');
    assert.ok(copied.versionId !== undefined);
    await other.copy({ bucket, key: 'a', versionId: one.versionId }, 'b');
    assert.equal(await get(other, { key: 'b', versionId: copied.versionId }), 'one');
  });

  bucketTest('no version is lost when many publish at once', async ({ bucket }) => {
    const all = await Promise.all(Array.from({ length: 10 }, (_, at) => put(bucket, 'a', `content ${at}`)));
    for (const [at, { versionId }] of all.entries()) {
      assert.equal(await get(bucket, { key: 'a', versionId }), `content ${at}`);
    }
  });
}
