import { DirectoryBucket } from '../../src/files/backends/local/directory-bucket.ts';
import { PosixFileSystem } from '../../src/files/backends/posix/posix-file-system.ts';
import { FilesError } from '../../src/files/files-error.ts';

/** Writes more than files may hold, and prints why each way of writing failed. */
const [folder = ''] = process.argv.slice(2);
const bucket = new DirectoryBucket({ name: 'b', region: 'eu-west-1', directory: `${folder}/bucket` });
const fileSystem = new PosixFileSystem({ id: 'fs-1', directory: `${folder}/efs` });
const user = { uid: 0, gid: 0, secondaryGids: [] };
const piece = Buffer.alloc(1 << 20, 'x');

async function reasonOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'none';
  } catch (error) {
    return error instanceof FilesError ? error.reason : String(error);
  }
}

interface Target {
  write(position: number, bytes: Uint8Array): Promise<void> | undefined;
}

async function fill(target: Target): Promise<void> {
  for (let at = 0; at < 8; at++) await target.write(at * piece.length, Buffer.from(piece));
}

const small = await bucket.create('small');
await small.write(0, Buffer.from('fits'));
await small.publish();
const reasons = {
  object: await reasonOf(async () => {
    const writer = await bucket.create('large');
    try {
      await fill(writer);
      await writer.publish();
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }),
  file: await reasonOf(async () => {
    const writer = await fileSystem.create('/large', user);
    try {
      await fill(writer);
      await writer.publish();
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }),
  open: await reasonOf(async () => {
    const attributes = {};
    const mode = { write: true, create: true, truncate: true, read: false, append: false, exclusive: false };
    const file = await fileSystem.as(user).open('/open', { ...mode, attributes });
    try {
      await fill(file);
    } finally {
      await file.close('closed');
    }
  }),
  after: await reasonOf(async () => {
    const writer = await bucket.create('after');
    await writer.write(0, Buffer.from('fits again'));
    await writer.publish();
  }),
};
process.stdout.write(JSON.stringify(reasons));
bucket.close();
fileSystem.close();
