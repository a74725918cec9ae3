import * as fs from 'node:fs';
import { join } from 'node:path';
import type { FileStat, FileTree, OpenFile, OpenMode, StatChanges } from '../../src/files/file-tree.ts';
import { FilesError, type FilesReason } from '../../src/files/files-error.ts';

/**
 * A directory as it is, to measure SFTP itself: as OpenSSH's server does, it reads and writes in place and leaves it to the system
 * when that becomes durable. It trusts its user.
 */
export function directoryTree(root: string): FileTree {
  const at = (path: string): string => join(root, path);
  const told = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(inOurWords(work)));
  return {
    open: (path, mode) => told(() => openFile(at(path), mode)),
    stat: (path) => told(() => statOf(fs.statSync(at(path)))),
    lstat: (path) => told(() => statOf(fs.lstatSync(at(path)))),
    setStat: (path, changes) => told(() => change(at(path), changes)),
    list: async function* (path) {
      const names = inOurWords(() => fs.readdirSync(at(path)));
      for (let from = 0; from < names.length; from += 100) {
        yield names
          .slice(from, from + 100)
          .map((name) => ({ name, stat: statOf(fs.lstatSync(join(at(path), name))) }));
      }
    },
    makeDirectory: (path) => told(() => fs.mkdirSync(at(path))),
    removeDirectory: (path) => told(() => fs.rmdirSync(at(path))),
    remove: (path) => told(() => fs.unlinkSync(at(path))),
    rename: (from, to) => told(() => fs.renameSync(at(from), at(to))),
    realPath: async (path) => path,
    readLink: (path) => told(() => fs.readlinkSync(at(path))),
    symlink: (target, path) => told(() => fs.symlinkSync(target, at(path))),
  };
}

const REASONS: Readonly<Record<string, FilesReason>> = {
  ENOENT: 'not-found',
  EEXIST: 'exists',
  ENOTEMPTY: 'not-empty',
  ENOTDIR: 'not-a-directory',
  EISDIR: 'is-a-directory',
  EACCES: 'denied',
  ENOSPC: 'no-space',
};

function inOurWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new FilesError(REASONS[code] ?? 'unavailable', message);
  }
}

function openFile(path: string, mode: OpenMode): OpenFile {
  const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_EXCL } = fs.constants;
  const access = mode.read && mode.write ? O_RDWR : mode.write ? O_WRONLY : O_RDONLY;
  const made = (mode.create ? O_CREAT : 0) | (mode.truncate ? O_TRUNC : 0) | (mode.exclusive ? O_EXCL : 0);
  const file = fs.openSync(path, access | made, mode.attributes.permissions ?? 0o644);
  return {
    read: async (position, length) => {
      // Clients ask for much more than small files hold.
      const there = Math.min(length, Math.max(0, fs.fstatSync(file).size - position));
      const bytes = Buffer.allocUnsafe(there);
      return bytes.subarray(0, fs.readSync(file, bytes, 0, there, position));
    },
    write: (position, bytes) => {
      for (let done = 0; done < bytes.length; ) {
        done += fs.writeSync(file, bytes, done, bytes.length - done, position + done);
      }
      return undefined;
    },
    stat: async () => statOf(fs.fstatSync(file)),
    setStat: async (changes) => inOurWords(() => change(path, changes)),
    sync: async () => fs.fsyncSync(file),
    close: async () => fs.closeSync(file),
  };
}

function change(path: string, { size, permissions, modifiedAt, accessedAt }: StatChanges): void {
  if (size !== undefined) fs.truncateSync(path, size);
  if (permissions !== undefined) fs.chmodSync(path, permissions);
  if (modifiedAt !== undefined) fs.utimesSync(path, (accessedAt ?? modifiedAt) / 1000, modifiedAt / 1000);
}

function statOf(stats: fs.Stats): FileStat {
  const kind = stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'link' : 'file';
  const { size, mtimeMs, atimeMs, mode, uid, gid } = stats;
  return { kind, size, modifiedAt: mtimeMs, accessedAt: atimeMs, permissions: mode & 0o7777, uid, gid };
}
