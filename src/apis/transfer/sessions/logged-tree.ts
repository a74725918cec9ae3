import type { FileTree, OpenFile, OpenMode, StatChanges } from '../../../files/file-tree.ts';

/** Writes down one thing that was done: its type and details in the vendor's spelling. */
export type LogActivity = (type: string, details: Readonly<Record<string, string>>) => void;

export interface LoggedTreeOptions {
  /** The path in storage. */
  readonly pathOf: (path: string) => string;
  readonly log: LogActivity;
  /** Attributes that clients set are written down and change nothing: the vendor's `SetStatOption` `ENABLE_NO_OP`. */
  readonly ignoresSetStat: boolean;
}

/** A tree that logs what changes it and what is transferred, once it has happened. */
export function loggedTree(tree: FileTree, { pathOf, log, ignoresSetStat }: LoggedTreeOptions): FileTree {
  const done = (type: string, path: string): void => log(type, { path: pathOf(path) });
  return {
    stat: (path) => tree.stat(path),
    lstat: (path) => tree.lstat(path),
    list: (path) => tree.list(path),
    realPath: (path) => tree.realPath(path),
    readLink: (path) => tree.readLink(path),
    open: async (path, mode) => {
      const file = await tree.open(path, mode);
      const place = pathOf(path);
      log('OPEN', { path: place, mode: modeText(mode) });
      const logOfFile: LogActivity = (type, details) => log(type, { path: place, ...details });
      return loggedFile(file, logOfFile, ignoresSetStat);
    },
    setStat: async (path, changes: StatChanges) => {
      if (!ignoresSetStat) await tree.setStat(path, changes);
      done('SETSTAT', path);
    },
    makeDirectory: async (path, changes) => {
      await tree.makeDirectory(path, changes);
      done('MKDIR', path);
    },
    removeDirectory: async (path) => {
      await tree.removeDirectory(path);
      done('RMDIR', path);
    },
    remove: async (path) => {
      await tree.remove(path);
      done('DELETE', path);
    },
    rename: async (from, to, options) => {
      await tree.rename(from, to, options);
      log('RENAME', { path: pathOf(from), 'new-path': pathOf(to) });
    },
    symlink: async (target, path) => {
      await tree.symlink(target, path);
      log('CREATE_SYMLINK', { path: pathOf(path), target });
    },
  };
}

function loggedFile(file: OpenFile, log: LogActivity, ignoresSetStat: boolean): OpenFile {
  const { sync } = file;
  let bytesIn = 0;
  let bytesOut = 0;
  return {
    ...(sync && { sync: () => sync.call(file) }),
    read: async (position, length) => {
      const bytes = await file.read(position, length);
      bytesOut += bytes.length;
      return bytes;
    },
    write: (position, bytes) => {
      bytesIn += bytes.length;
      return file.write(position, bytes);
    },
    stat: () => file.stat(),
    setStat: async (changes) => {
      if (!ignoresSetStat) await file.setStat(changes);
      log('SETSTAT', {});
    },
    close: async (how) => {
      await file.close(how);
      const bytes = { 'bytes-in': String(bytesIn), 'bytes-out': String(bytesOut) };
      log(how === 'broken' && bytesIn > 0 ? 'PARTIAL_CLOSE' : 'CLOSE', bytes);
    },
  };
}

const modeText = ({ create, truncate, write, read, append }: OpenMode): string =>
  Object.entries({ CREATE: create, TRUNCATE: truncate, WRITE: write, READ: read, APPEND: append })
    .filter(([, isSet]) => isSet)
    .map(([name]) => name)
    .join('|');
