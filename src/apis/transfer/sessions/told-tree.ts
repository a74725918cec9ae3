import type { FileTree, OpenFile } from '../../../files/file-tree.ts';
import { FilesError, type FilesReason } from '../../../files/files-error.ts';

/** Writes down why something has failed, in the words of the storage. */
export type LogFailure = (operation: string, path: string, error: FilesError) => void;

/**
 * A tree whose errors speak of files by the paths that the client knows: where they are stored, and what the storage says of its
 * hosts and rights, is for the log alone.
 */
export function toldTree(tree: FileTree, logFailure: LogFailure): FileTree {
  const tell =
    (operation: string, path: string, shown = path) =>
    (error: unknown) => {
      if (!(error instanceof FilesError)) throw error;
      if (!CLIENTS_MISTAKES.has(error.reason)) logFailure(operation, path, error);
      throw new FilesError(error.reason, textOf(error, shown), { cause: error });
    };
  return {
    realPath: (path) => tree.realPath(path),
    stat: (path) => tree.stat(path).catch(tell('STAT', path)),
    lstat: (path) => tree.lstat(path).catch(tell('LSTAT', path)),
    list: (path) => toldPages(tree.list(path), tell('OPENDIR', path)),
    readLink: (path) => tree.readLink(path).catch(tell('READLINK', path)),
    open: async (path, mode) => {
      const file = await tree.open(path, mode).catch(tell('OPEN', path));
      return toldFile(file, (operation) => tell(operation, path));
    },
    setStat: (path, changes) => tree.setStat(path, changes).catch(tell('SETSTAT', path)),
    makeDirectory: (path, changes) => tree.makeDirectory(path, changes).catch(tell('MKDIR', path)),
    removeDirectory: (path) => tree.removeDirectory(path).catch(tell('RMDIR', path)),
    remove: (path) => tree.remove(path).catch(tell('REMOVE', path)),
    rename: (from, to, options) =>
      tree.rename(from, to, options).catch(tell('RENAME', from, `${from} to ${to}`)),
    symlink: (target, path) => tree.symlink(target, path).catch(tell('SYMLINK', path)),
  };
}

type Tell = (error: unknown) => never;

async function* toldPages<Page>(pages: AsyncIterable<Page>, tell: Tell): AsyncGenerator<Page> {
  try {
    yield* pages;
  } catch (error) {
    tell(error);
  }
}

function toldFile(file: OpenFile, tell: (operation: string) => Tell): OpenFile {
  const { sync } = file;
  const tellRead = tell('READ');
  const tellWrite = tell('WRITE');
  return {
    read: (position, length) => file.read(position, length).catch(tellRead),
    write: (position, bytes) => {
      try {
        return file.write(position, bytes)?.catch(tellWrite);
      } catch (error) {
        return tellWrite(error);
      }
    },
    stat: () => file.stat().catch(tell('FSTAT')),
    setStat: (changes) => file.setStat(changes).catch(tell('FSETSTAT')),
    ...(sync && { sync: () => sync.call(file).catch(tell('FSYNC')) }),
    close: (how) => file.close(how).catch(tell('CLOSE')),
  };
}

const CLIENTS_MISTAKES: ReadonlySet<FilesReason> = new Set([
  'not-found',
  'exists',
  'not-empty',
  'not-a-directory',
  'is-a-directory',
  'unsupported',
]);

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

/** Refusals in the vendor's words stay: they name the kind of storage and no file. */
function textOf({ reason, message, cause }: FilesError, shown: string): string {
  const namesNoPlace = reason === 'unsupported' && cause === undefined && !message.includes('/');
  return namesNoPlace ? message : `${TEXTS[reason]}: ${shown}`;
}
