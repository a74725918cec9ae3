import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, opendirSync, openSync } from 'node:fs';
import { codeOf } from '../../../lib/error-code.ts';
import { KeyedLock } from '../../../lib/keyed-lock.ts';
import { entityTagOfFile } from '../../entity-tag.ts';
import type { FileIdentity, FileNote } from '../../file-notes.ts';
import { FilesError } from '../../files-error.ts';
import { type Directory, descriptorPath, within } from '../directory.ts';
import { fsFailure, isAbsence } from '../fs-failure.ts';
import { type OwnFolder, openDirectory } from '../own-folder.ts';
import type { ObjectPath } from './object-path.ts';
import { ReadAhead } from './read-ahead.ts';
import { Selections } from './selections.ts';

// A pipe that somebody put there must not make the reader wait for a writer.
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
export const EMPTY_MD5 = 'd41d8cd98f00b204e9800998ecf8427e';

/** A file, or a directory that stands for a marker object, with what is noted about it. */
export interface FoundFile {
  readonly identity: FileIdentity;
  readonly size: number;
  readonly modifiedAt: number;
  readonly note: FileNote | undefined;
}

export interface OpenedFile extends FoundFile {
  readonly fd: number;
  readonly path: string;
}

export interface BucketFilesOptions {
  readonly directory: string;
  readonly newVersionId?: (() => string) | undefined;
}

/** The files of one directory bucket, by path; no link beneath the directory is followed. */
export class BucketFiles {
  readonly root: Directory;
  readonly own: OwnFolder;
  /** Of files whose tag is being computed, by inode. */
  readonly #tags = new Map<bigint, Promise<string>>();
  /** Where versions are kept, what one writer archives is what it replaces. */
  readonly lock = new KeyedLock();
  readonly selections = new Selections();
  readonly readAhead = new ReadAhead();

  /** Makes ids of versions; absent where none are kept. */
  readonly newVersionId: (() => string) | undefined;

  constructor({ directory, newVersionId }: BucketFilesOptions) {
    this.newVersionId = newVersionId;
    ({ root: this.root, own: this.own } = openDirectory(directory));
  }

  find(path: ObjectPath): FoundFile | undefined {
    try {
      return within(this.root, path.directories, (parent) => {
        const stats = lstatSync(parent.at(path.name), { bigint: true });
        return path.isMarker ? this.#marker(parent, path.name, stats) : this.#file(stats);
      });
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw fsFailure(error, path.name);
    }
  }

  /** The file of this name in a directory that is open. */
  findIn(directory: Directory, name: string): FoundFile | undefined {
    const stats = lstatSync(directory.at(name), { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? undefined : this.#file(stats);
  }

  /** What the file with these properties is as an object; undefined when it is none. */
  #file(stats: BigIntStats): FoundFile | undefined {
    return stats.isFile() ? this.describe(stats) : undefined;
  }

  #marker(parent: Directory, name: string, stats: BigIntStats): FoundFile | undefined {
    if (!stats.isDirectory()) return undefined;
    const found = this.describeMarker(stats);
    return found.note?.kind === 'marker' || isEmpty(parent.at(name)) ? found : undefined;
  }

  describe(stats: BigIntStats): FoundFile {
    const identity = { inode: stats.ino, size: stats.size, time: stats.mtimeNs };
    const note = this.own.notes.get(identity);
    return { identity, size: Number(stats.size), modifiedAt: Number(stats.mtimeMs), note };
  }

  describeMarker(stats: BigIntStats): FoundFile {
    const identity = directoryIdentity(stats);
    const noted = this.own.notes.get(identity);
    const note: FileNote = { ...noted, kind: noted?.kind ?? 'owner', etag: EMPTY_MD5 };
    return { identity, size: 0, modifiedAt: Number(stats.mtimeMs), note };
  }

  /** Undefined when there is no such file. The caller closes the descriptor. */
  open(path: ObjectPath): OpenedFile | undefined {
    if (path.isMarker) return undefined;
    const opened = this.#openAny(path);
    if (opened === undefined) return undefined;
    const stats = fstatSync(opened.fd, { bigint: true });
    if (stats.isFile()) return { ...this.describe(stats), ...opened };
    closeSync(opened.fd);
    return undefined;
  }

  #openAny(path: ObjectPath): { readonly fd: number; readonly path: string } | undefined {
    try {
      return within(this.root, path.directories, (parent) => {
        const file = parent.at(path.name);
        const fd = openSync(file, READ);
        return { fd, path: descriptorPath(fd) ?? file };
      });
    } catch (error) {
      // ENXIO: a socket, or a pipe without a reader.
      if (isAbsence(error) || codeOf(error) === 'ENXIO') return undefined;
      throw fsFailure(error, path.name);
    }
  }

  hasDirectory({ directories, name }: ObjectPath): boolean {
    try {
      return within(this.root, directories, (parent) => {
        return lstatSync(parent.at(name), { throwIfNoEntry: false })?.isDirectory() ?? false;
      });
    } catch (error) {
      if (isAbsence(error)) return false;
      throw fsFailure(error, name);
    }
  }

  /** Whether it still has the content that had this entity tag when it was opened: its time may have been set since. */
  hasStill({ fd, identity }: OpenedFile, etag: string | undefined): boolean {
    const stats = fstatSync(fd, { bigint: true });
    if (isSame(stats, identity)) return true;
    return etag !== undefined && this.describe(stats).note?.etag === etag;
  }

  /** Throws changed unless it is this content. */
  async checkEtag(file: OpenedFile, wanted: string): Promise<void> {
    if ((await this.etagOf(file)) !== wanted) {
      throw new FilesError('changed', 'The object is not the one that was asked for: its entity tag differs');
    }
  }

  /** The tag of a file that is open; computed once and then noted. Throws changed if it is written meanwhile. */
  etagOf(file: OpenedFile): Promise<string> {
    const { note, identity } = file;
    if (note?.etag !== undefined) return Promise.resolve(note.etag);
    const computing = this.#tags.get(identity.inode) ?? this.#computeEtag(file);
    this.#tags.set(identity.inode, computing);
    return computing;
  }

  async #computeEtag({ fd, identity }: OpenedFile): Promise<string> {
    try {
      const etag = await entityTagOfFile(fd);
      const stats = fstatSync(fd, { bigint: true });
      if (!isSame(stats, identity)) throw new FilesError('changed', 'The file was written while it was read');
      // Tags may have been noted meanwhile.
      const note = this.own.notes.get(identity);
      this.own.notes.put(identity, { ...note, kind: 'object', etag });
      return etag;
    } finally {
      this.#tags.delete(identity.inode);
    }
  }

  close(): void {
    this.own.close();
    this.root.close();
  }
}

/** A directory keeps its notes whatever is put into it. */
export function directoryIdentity({ ino, birthtimeNs }: BigIntStats): FileIdentity {
  return { inode: ino, size: -1n, time: birthtimeNs };
}

export const isSame = ({ ino, size, mtimeNs }: BigIntStats, identity: FileIdentity): boolean =>
  ino === identity.inode && size === identity.size && mtimeNs === identity.time;

function isEmpty(path: string): boolean {
  const directory = opendirSync(path, { bufferSize: 1 });
  try {
    return directory.readSync() === null;
  } finally {
    directory.closeSync();
  }
}
