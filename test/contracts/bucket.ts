import { copyingContract } from './bucket-copying.ts';
import { listingContract } from './bucket-listing.ts';
import { readingContract } from './bucket-reading.ts';
import { taggingContract } from './bucket-tagging.ts';
import { bucketTestOf, type OpenedBuckets } from './bucket-test.ts';
import { versionsContract } from './bucket-versions.ts';
import { writingContract } from './bucket-writing.ts';

export type { OpenedBuckets };

/** What every bucket does, whatever keeps its objects. */
export function bucketContract(backend: string, open: () => Promise<OpenedBuckets>): void {
  const bucketTest = bucketTestOf(backend, open);
  writingContract(bucketTest);
  readingContract(bucketTest);
  listingContract(bucketTest);
  copyingContract(bucketTest);
  taggingContract(bucketTest);
}

/** What buckets that keep versions do beside that. */
export function versionedBucketContract(backend: string, open: () => Promise<OpenedBuckets>): void {
  versionsContract(bucketTestOf(backend, open));
}
