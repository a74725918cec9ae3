import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { DirectoryBucket } from '../../src/files/backends/local/directory-bucket.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

export interface OpenedDirectory {
  readonly bucket: DirectoryBucket;
  /** The bucket's directory; above it lies nothing but what the test puts there. */
  readonly path: string;
  /** The same directory opened again, as by a new process. */
  reopen(): DirectoryBucket;
}

export async function openDirectory(
  context: TestContext,
  newVersionId?: () => string,
): Promise<OpenedDirectory> {
  const directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'bucket');
  mkdirSync(path);
  const open = (): DirectoryBucket =>
    new DirectoryBucket({ name: 'bucket', region: 'eu-west-1', directory: path, newVersionId });
  let bucket = open();
  context.after(async () => {
    bucket.close();
    await directory.remove();
  });
  return {
    bucket,
    path,
    reopen: () => {
      bucket.close();
      bucket = open();
      return bucket;
    },
  };
}
