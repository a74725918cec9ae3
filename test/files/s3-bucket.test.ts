import { randomUUID } from 'node:crypto';
import { S3Bucket } from '../../src/files/backends/s3/s3-bucket.ts';
import { bucketTree } from '../../src/files/trees/bucket-tree.ts';
import type { WrittenFile } from '../../src/files/trees/written-file.ts';
import { bucketContract, type OpenedBuckets, versionedBucketContract } from '../contracts/bucket.ts';
import { fileTreeContract } from '../contracts/file-tree.ts';
import { ACCESS_KEY, type S3Server, startS3Server } from '../support/s3/s3-server.ts';

const NOW = 1_700_000_000_000;

function bucketOf(server: S3Server, name: string, versioning = false): S3Bucket {
  return new S3Bucket({
    name,
    bucket: name,
    endpoint: server.url,
    region: 'eu-west-1',
    forcePathStyle: true,
    ...ACCESS_KEY,
    versioning,
    newId: randomUUID,
    now: () => NOW,
  });
}

async function openBuckets(isVersioned = false): Promise<OpenedBuckets> {
  const server = await startS3Server(['landing', 'archive'], { isVersioned });
  const [bucket, other] = [
    bucketOf(server, 'landing', isVersioned),
    bucketOf(server, 'archive', isVersioned),
  ];
  return {
    bucket,
    other,
    close: async () => {
      await bucket.close();
      await other.close();
      await server.close();
    },
  };
}

bucketContract('S3 bucket', () => openBuckets());
bucketContract('versioned S3 bucket', () => openBuckets(true));
versionedBucketContract('versioned S3 bucket', () => openBuckets(true));

fileTreeContract(
  'tree of an S3 bucket',
  { writesAnywhere: false, hidesOpenFiles: true, setsTimes: false },
  async () => {
    const { bucket, close } = await openBuckets();
    const written: WrittenFile[] = [];
    const tree = bucketTree(bucket, {
      beginWriting: () => async (file) => void written.push(file),
      now: () => NOW,
    });
    return { tree, written, close };
  },
);
