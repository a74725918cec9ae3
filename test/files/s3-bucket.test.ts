import { randomUUID } from 'node:crypto';
import { S3Bucket } from '../../src/files/backends/s3/s3-bucket.ts';
import { bucketTree } from '../../src/files/trees/bucket-tree.ts';
import type { WrittenFile } from '../../src/files/trees/written-file.ts';
import { bucketContract, type OpenedBuckets, versionedBucketContract } from '../contracts/bucket.ts';
import { fileTreeContract } from '../contracts/file-tree.ts';
import { type EndpointOptions, FOREIGN, openEndpoint } from '../support/s3/open-endpoint.ts';
import type { TestEndpoint } from '../support/s3/test-endpoint.ts';

const NOW = 1_700_000_000_000;

function bucketOf(endpoint: TestEndpoint, name: string, versioning: boolean): S3Bucket {
  const place = endpoint.place(name);
  const known = { name, region: place.region ?? 'eu-west-1', versioning };
  return new S3Bucket({ ...place, ...known, newId: randomUUID, now: () => NOW });
}

async function openBuckets(options: EndpointOptions = {}): Promise<OpenedBuckets> {
  const { isVersioned = false } = options;
  const endpoint = await openEndpoint(['landing', 'archive'], options);
  const [bucket, other] = [
    bucketOf(endpoint, 'landing', isVersioned),
    bucketOf(endpoint, 'archive', isVersioned),
  ];
  return {
    bucket,
    other,
    close: async () => {
      await bucket.close();
      await other.close();
      await endpoint.close();
    },
  };
}

for (const isLikeCeph of FOREIGN === undefined ? [false, true] : [false]) {
  const backend = isLikeCeph ? 'S3 bucket as of Ceph' : 'S3 bucket';
  bucketContract(backend, () => openBuckets({ isLikeCeph }));
  bucketContract(`versioned ${backend}`, () => openBuckets({ isLikeCeph, isVersioned: true }));
  versionedBucketContract(`versioned ${backend}`, () => openBuckets({ isLikeCeph, isVersioned: true }));
}

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
