import { randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { TestEndpoint } from './test-endpoint.ts';

/** Buckets at somebody's endpoint, made now and removed at the end with all that is in them. */
export async function foreignEndpoint(
  url: string,
  names: readonly string[],
  isVersioned: boolean,
): Promise<TestEndpoint> {
  const about = { endpoint: url, region: process.env.AWS_REGION ?? 'us-east-1', forcePathStyle: true };
  const client = new S3Client({
    ...about,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const run = randomBytes(6).toString('hex');
  const buckets = new Map(names.map((name) => [name, `orrery-test-${name}-${run}`]));
  for (const Bucket of buckets.values()) {
    await client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: 'Enabled' as const };
    if (isVersioned) await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  const bucketNames = [...buckets.values()];
  return {
    place: (name) => ({ ...about, bucket: buckets.get(name) ?? name }),
    openUploads: async () => {
      const found = await Promise.all(bucketNames.map((name) => uploadsOf(client, name)));
      return found.flat().length;
    },
    close: async () => {
      for (const name of bucketNames) await removeBucket(client, name);
      client.destroy();
    },
  };
}

async function uploadsOf(client: S3Client, Bucket: string) {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  return Uploads;
}

async function removeBucket(client: S3Client, Bucket: string): Promise<void> {
  for (const { Key, UploadId } of await uploadsOf(client, Bucket)) {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  }
  for (let isMore = true; isMore; ) {
    const {
      Versions = [],
      DeleteMarkers = [],
      IsTruncated,
    } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
      await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    }
    isMore = IsTruncated === true;
  }
  await client.send(new DeleteBucketCommand({ Bucket }));
}
