import assert from 'node:assert/strict';
import { put, rejects } from '../support/objects.ts';
import type { BucketTest } from './bucket-test.ts';

const tag = (at: number) => ({ Key: `key ${at}`, Value: `wert=${at}&ü` });

export function taggingContract(bucketTest: BucketTest): void {
  bucketTest('tags are replaced as a whole', async ({ bucket }) => {
    await put(bucket, 'a', 'x', { metadata: { m: '1' } });
    assert.deepEqual(await bucket.getTags({ key: 'a' }), []);
    await bucket.putTags({ key: 'a' }, [tag(1), tag(2)]);
    assert.deepEqual(await bucket.getTags({ key: 'a' }), [tag(1), tag(2)]);
    await bucket.putTags({ key: 'a' }, [tag(3)]);
    assert.deepEqual(await bucket.getTags({ key: 'a' }), [tag(3)]);
    assert.deepEqual((await bucket.head({ key: 'a' }))?.metadata, { m: '1' });
    await bucket.putTags({ key: 'a' }, []);
    assert.deepEqual(await bucket.getTags({ key: 'a' }), []);
  });

  bucketTest('ten tags are the most, and each needs a key of its own', async ({ bucket }) => {
    await put(bucket, 'a', 'x');
    const ten = Array.from({ length: 10 }, (_, at) => tag(at));
    await bucket.putTags({ key: 'a' }, ten);
    await rejects(bucket.putTags({ key: 'a' }, [...ten, tag(10)]), 'invalid');
    await rejects(bucket.putTags({ key: 'a' }, [tag(1), tag(1)]), 'invalid');
    assert.deepEqual(await bucket.getTags({ key: 'a' }), ten);
    await rejects(bucket.putTags({ key: 'none' }, [tag(1)]), 'not-found');
  });
}
