import { type TestContext, test } from 'node:test';
import type { Bucket } from '../../src/files/bucket.ts';

export interface OpenedBuckets {
  readonly bucket: Bucket;
  /** Another one of the same backend. */
  readonly other: Bucket;
  readonly close: () => Promise<void>;
}

export type BucketTest = (
  name: string,
  body: (buckets: OpenedBuckets, context: TestContext) => Promise<void>,
) => void;

/** A test for each of which buckets are opened and closed. */
export const bucketTestOf =
  (backend: string, open: () => Promise<OpenedBuckets>): BucketTest =>
  (name, body) => {
    test(`${backend}: ${name}`, async (context) => {
      const buckets = await open();
      try {
        await body(buckets, context);
      } finally {
        await buckets.close();
      }
    });
  };
