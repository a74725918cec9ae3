import { chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { PosixFileSystem } from '../../src/files/backends/posix/posix-file-system.ts';
import type { PosixUser } from '../../src/files/file-system.ts';
import type { WrittenFile } from '../../src/files/trees/written-file.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

export const isRoot = process.getuid?.() === 0;

export async function openFileSystem(givesFiles = isRoot) {
  const directory = await makeTemporaryDirectory();
  const path = join(directory.path, 'efs');
  mkdirSync(path);
  if (isRoot) chownSync(path, 1000, 1000);
  const { uid, gid } = statSync(path);
  const owner: PosixUser = { uid, gid, secondaryGids: [] };
  const fileSystem = new PosixFileSystem({ id: 'fs-0123456789abcdef0', directory: path, givesFiles });
  return {
    path,
    owner,
    fileSystem,
    close: async () => {
      fileSystem.close();
      await directory.remove();
    },
  };
}

/** One that notes the files that were written in it. */
export async function openTree(givesFiles = isRoot) {
  const opened = await openFileSystem(givesFiles);
  const written: WrittenFile[] = [];
  const tree = opened.fileSystem.as(opened.owner, () => async (file) => void written.push(file));
  return { ...opened, tree, written };
}

/** Closes with the test. */
export const opened = async <T extends { readonly close: () => Promise<void> }>(
  context: TestContext,
  open: Promise<T>,
): Promise<T> => {
  const found = await open;
  context.after(found.close);
  return found;
};
