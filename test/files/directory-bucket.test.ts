import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DirectoryBucket } from '../../src/files/backends/local/directory-bucket.ts';
import { bucketContract, type OpenedBuckets, versionedBucketContract } from '../contracts/bucket.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

async function openBuckets(newVersionId?: () => string): Promise<OpenedBuckets> {
  const directory = await makeTemporaryDirectory();
  const open = async (name: string): Promise<DirectoryBucket> => {
    const path = join(directory.path, name);
    await mkdir(path);
    return new DirectoryBucket({ name, region: 'eu-west-1', directory: path, newVersionId });
  };
  const [bucket, other] = [await open('landing'), await open('archive')];
  return {
    bucket,
    other,
    close: async () => {
      bucket.close();
      other.close();
      await directory.remove();
    },
  };
}

bucketContract('directory bucket', () => openBuckets());
bucketContract('versioned directory bucket', () => openBuckets(randomUUID));
versionedBucketContract('versioned directory bucket', () => openBuckets(randomUUID));
