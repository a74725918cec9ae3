import { type BigIntStats, fchmodSync, fchownSync, fstatSync, lchownSync, lstatSync } from 'node:fs';
import type { FileIdentity, FileNote } from '../../file-notes.ts';
import type { PosixUser } from '../../file-system.ts';
import type { FileStat } from '../../file-tree.ts';
import { FilesError } from '../../files-error.ts';
import type { Directory } from '../directory.ts';
import { type OwnFolder, openDirectory } from '../own-folder.ts';
import { OpenWriters } from './open-writers.ts';
import { type Access, may, type Right } from './permissions.ts';

const SETGID = 0o2000;

/** The files of one file system, whose owners are real ones, or noted ones where this process may not give files away. */
export class PosixFiles {
  readonly root: Directory;
  readonly own: OwnFolder;
  readonly writers = new OpenWriters();
  /** Whether owners are real ones. */
  readonly #gives: boolean;

  constructor(directory: string, gives: boolean) {
    this.#gives = gives;
    ({ root: this.root, own: this.own } = openDirectory(directory));
  }

  statOf(stats: BigIntStats): FileStat {
    const kind = stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'link' : 'file';
    return {
      kind,
      size: Number(stats.size),
      modifiedAt: Number(stats.mtimeMs),
      accessedAt: Number(stats.atimeMs),
      ...this.accessOf(stats),
    };
  }

  accessOf(stats: BigIntStats): Access {
    const noted = this.#gives ? undefined : this.own.notes.get(bornIdentity(stats));
    return {
      uid: noted?.uid ?? Number(stats.uid),
      gid: noted?.gid ?? Number(stats.gid),
      permissions: Number(stats.mode & 0o7777n),
    };
  }

  /** Throws denied unless the user has the right to what is open. */
  check(user: PosixUser, right: Right, { fd, path }: { readonly fd: number; readonly path: string }): Access {
    const access = this.accessOf(fstatSync(fd, { bigint: true }));
    if (!may(user, right, access)) throw denied(path);
    return access;
  }

  /** Gives a file that was just made, and is open, to its user. In a set-gid directory it gets that one's group. */
  adopt(fd: number, { user, above, permissions }: Adoption): void {
    const stats = fstatSync(fd, { bigint: true });
    const inherits = (above.permissions & SETGID) !== 0;
    const gid = inherits ? above.gid : user.gid;
    this.give(fd, { uid: user.uid, gid });
    const own = stats.isDirectory() && inherits ? SETGID : 0;
    fchmodSync(fd, (permissions & this.settableBits(user)) | own);
  }

  /** Set-uid bits would make programs of the host run as somebody else. */
  settableBits(user: PosixUser): number {
    return this.#gives && user.uid === 0 ? 0o7777 : 0o1777;
  }

  give(fd: number, { uid, gid }: Owner): void {
    if (this.#gives) fchownSync(fd, uid, gid);
    else this.note(fstatSync(fd, { bigint: true }), { uid, gid });
  }

  giveLink(path: string, { uid, gid }: Owner): void {
    if (this.#gives) lchownSync(path, uid, gid);
    else this.note(lstatSync(path, { bigint: true }), { uid, gid });
  }

  noteOf(stats: BigIntStats): FileNote | undefined {
    return this.own.notes.get(bornIdentity(stats));
  }

  note(stats: BigIntStats, more: Partial<FileNote>): void {
    const identity = bornIdentity(stats);
    this.own.notes.put(identity, { ...this.own.notes.get(identity), kind: 'owner', ...more });
  }

  /** To be called for what loses its last name. */
  forget(stats: BigIntStats): void {
    if (stats.nlink === 1n || stats.isDirectory()) this.own.notes.delete(stats.ino);
  }

  close(): void {
    this.own.close();
    this.root.close();
  }
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface Adoption {
  readonly user: PosixUser;
  /** Of the directory that it lies in. */
  readonly above: Access;
  readonly permissions: number;
}

export const denied = (path: string): FilesError => new FilesError('denied', `Permission denied: ${path}`);

/** Notes of owners stay with a file whatever is written into it. */
const bornIdentity = ({ ino, birthtimeNs }: BigIntStats): FileIdentity => ({
  inode: ino,
  size: -1n,
  time: birthtimeNs,
});
