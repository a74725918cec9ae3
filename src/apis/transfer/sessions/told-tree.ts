import type { FileTree, OpenFile } from '../../../files/file-tree.ts';
import { FilesError, type FilesReason, PublicError } from '../../../files/files-error.ts';

/**
 * A tree whose errors speak of files by the paths that the client knows: where they are stored, and what the storage says of its
 * hosts and rights, is for the log, which finds it as their cause. Public errors stay as they are.
 */
export function toldTree(tree: FileTree): FileTree {
  return {
    realPath: (path) => tree.realPath(path),
    stat: (path) => tree.stat(path).catch(tellOf(path)),
    lstat: (path) => tree.lstat(path).catch(tellOf(path)),
    list: (path) => toldPages(tree.list(path), tellOf(path)),
    readLink: (path) => tree.readLink(path).catch(tellOf(path)),
    open: async (path, mode) => {
      const file = await tree.open(path, mode).catch(tellOf(path));
      return toldFile(file, tellOf(path));
    },
    setStat: (path, changes) => tree.setStat(path, changes).catch(tellOf(path)),
    makeDirectory: (path, changes) => tree.makeDirectory(path, changes).catch(tellOf(path)),
    removeDirectory: (path) => tree.removeDirectory(path).catch(tellOf(path)),
    remove: (path) => tree.remove(path).catch(tellOf(path)),
    rename: (from, to, options) => tree.rename(from, to, options).catch(tellOf(`${from} to ${to}`)),
    symlink: (target, path) => tree.symlink(target, path).catch(tellOf(path)),
  };
}

type Tell = (error: unknown) => never;

const tellOf =
  (shown: string): Tell =>
  (error) => {
    if (!(error instanceof FilesError) || error instanceof PublicError) throw error;
    throw new FilesError(error.reason, `${TEXTS[error.reason]}: ${shown}`, { cause: error });
  };

async function* toldPages<Page>(pages: AsyncIterable<Page>, tell: Tell): AsyncGenerator<Page> {
  try {
    yield* pages;
  } catch (error) {
    tell(error);
  }
}

function toldFile(file: OpenFile, tell: Tell): OpenFile {
  const { sync } = file;
  return {
    read: (position, length) => file.read(position, length).catch(tell),
    write: (position, bytes) => {
      try {
        return file.write(position, bytes)?.catch(tell);
      } catch (error) {
        return tell(error);
      }
    },
    stat: () => file.stat().catch(tell),
    setStat: (changes) => file.setStat(changes).catch(tell),
    ...(sync && { sync: () => sync.call(file).catch(tell) }),
    close: (how) => file.close(how).catch(tell),
  };
}

const TEXTS: Readonly<Record<FilesReason, string>> = {
  'not-found': 'There is no such file or directory',
  exists: 'The name is taken',
  changed: 'The file has been changed meanwhile',
  denied: 'Permission denied',
  'not-empty': 'The directory is not empty',
  'not-a-directory': 'Something on the path is not a directory',
  'is-a-directory': 'It is a directory',
  unsupported: 'That cannot be done here',
  invalid: 'That cannot be done with this file or name',
  'no-space': 'There is no space left',
  throttled: 'The storage is asked too often',
  unavailable: 'The storage does not answer as it should',
};
