import type { S3Config } from '../../../src/files/backends/s3/s3-endpoint.ts';

/** Empty buckets that are there for one test. */
export interface TestEndpoint {
  /** Where a bucket is, as configurations say it. */
  readonly place: (name: string) => S3Config;
  /** Uploads in parts that are neither completed nor aborted. */
  readonly openUploads: () => Promise<number>;
  readonly close: () => Promise<void>;
}
