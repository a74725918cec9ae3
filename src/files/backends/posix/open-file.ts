import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  fsync,
  ftruncateSync,
  openSync,
  read as readFile,
} from 'node:fs';
import { promisify } from 'node:util';
import { WrittenTag } from '../../entity-tag.ts';
import type { PosixUser } from '../../file-system.ts';
import type { FileStat, OpenFile, OpenMode, StatChanges } from '../../file-tree.ts';
import { FilesError } from '../../files-error.ts';
import type { BeginWriting, Written } from '../../trees/written-file.ts';
import type { Directory } from '../directory.ts';
import { fsFailure } from '../fs-failure.ts';
import { bytesThere, checkGaps, UNQUESTIONED } from '../gaps.ts';
import { WriteBehind } from '../write-behind.ts';
import { there } from './change-entries.ts';
import { changeStat } from './change-stat.ts';
import type { Writers } from './open-writers.ts';
import type { PosixFiles } from './posix-files.ts';
import { presentPath } from './present-path.ts';
import { type Resolved, resolveSettled } from './resolve.ts';

const read = promisify(readFile);
const flush = promisify(fsync);

// A pipe must not make us wait for its other end, nor a terminal become ours.
const FLAGS = constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
const NEW_FILE = 0o644;

export interface Opening {
  readonly fileSystemId: string;
  readonly user: PosixUser;
  readonly path: string;
  readonly mode: OpenMode;
  readonly beginWriting: BeginWriting | undefined;
}

interface Opened {
  readonly fd: number;
  /** Where a new entry has to be made durable. */
  readonly parent: Directory | undefined;
}

/** Opens a file in place, as `open` of POSIX does for that user. */
export function openFile(files: PosixFiles, opening: Opening): Promise<OpenFile> {
  const { user, path, mode } = opening;
  const isExclusive = mode.create && mode.exclusive;
  return resolveSettled(files, { user, path, follow: !isExclusive }, (found) => {
    const isNew = found.stats === undefined && mode.create;
    if (isExclusive && !isNew) throw new FilesError('exists', `The name is taken: ${path}`);
    const opened = isNew ? create(files, opening, found) : openThere(files, opening, found);
    return new PosixOpenFile(files, opening, opened);
  });
}

const isWriting = ({ write, append }: OpenMode): boolean => write || append;

function accessFlags(mode: OpenMode): number {
  if (!isWriting(mode)) return constants.O_RDONLY;
  const end = mode.append ? constants.O_APPEND : 0;
  return end | (mode.read ? constants.O_RDWR : constants.O_WRONLY);
}

function create(files: PosixFiles, { user, mode }: Opening, found: Resolved): Opened {
  const { parent, name, path } = found;
  const above = files.check(user, 'write', { fd: parent.fd, path });
  const flags = accessFlags(mode) | constants.O_CREAT | constants.O_EXCL | FLAGS;
  const fd = openSync(parent.at(name), flags, 0o600);
  try {
    files.adopt(fd, { user, above, permissions: mode.attributes.permissions ?? NEW_FILE });
    return { fd, parent: parent.enter('.') };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openThere(files: PosixFiles, { user, mode }: Opening, found: Resolved): Opened {
  const { parent, name, path } = found;
  checkPlain(there(found), path);
  const fd = openSync(parent.at(name), accessFlags(mode) | FLAGS);
  try {
    checkPlain(fstatSync(fd, { bigint: true }), path);
    if (isWriting(mode)) files.check(user, 'write', { fd, path });
    if (mode.read || !isWriting(mode)) files.check(user, 'read', { fd, path });
    if (isWriting(mode) && mode.truncate) ftruncateSync(fd, 0);
    return { fd, parent: undefined };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function checkPlain(stats: BigIntStats, path: string): void {
  if (stats.isDirectory()) throw new FilesError('is-a-directory', `It is a directory: ${path}`);
  if (!stats.isFile()) throw new FilesError('unsupported', `It is no ordinary file: ${path}`);
}

class PosixOpenFile implements OpenFile {
  readonly #files: PosixFiles;
  readonly #opening: Opening;
  readonly #fd: number;
  readonly #parent: Directory | undefined;
  readonly #content: WriteBehind;
  readonly #tag = new WrittenTag();
  readonly #written: Written | undefined;
  readonly #inode: bigint;
  readonly #writers: Writers | undefined;
  /** Set aside for appending: the system puts that to where the file ends by then. */
  #end: number;
  /** Bytes that were there or have been written, perhaps by others too; what is missing to the end is gaps. */
  #filled: number;
  #isChanged: boolean;
  #lost: FilesError | undefined;

  constructor(files: PosixFiles, opening: Opening, { fd, parent }: Opened) {
    this.#files = files;
    this.#opening = opening;
    this.#fd = fd;
    this.#parent = parent;
    this.#content = new WriteBehind({
      open: async () => fd,
      shown: opening.path,
      passed: (bytes, position) => this.#tag.add(bytes, position),
    });
    this.#written = isWriting(opening.mode) ? opening.beginWriting?.(opening.path) : undefined;
    const stats = fstatSync(fd, { bigint: true });
    const { ino, size } = stats;
    this.#inode = ino;
    this.#writers = isWriting(opening.mode) ? files.writers.add(ino, this.#content) : undefined;
    this.#end = Number(size);
    this.#filled = bytesThere(stats);
    this.#isChanged = parent !== undefined || (isWriting(opening.mode) && opening.mode.truncate);
  }

  async read(position: number, length: number): Promise<Uint8Array> {
    const { mode, path } = this.#opening;
    if (isWriting(mode) && !mode.read) throw new FilesError('denied', 'The file is open for writing only');
    try {
      await this.#flush();
      return await readAt(this.#fd, position, length);
    } catch (error) {
      throw fsFailure(error, path);
    }
  }

  write(position: number, bytes: Uint8Array): Promise<void> | undefined {
    const { mode } = this.#opening;
    if (!isWriting(mode)) throw new FilesError('denied', 'The file is open for reading only');
    const at = mode.append ? this.#end : position;
    const missing = Math.max(at, this.#end) - this.#filled;
    if (missing > UNQUESTIONED) this.#checkGaps(missing);
    this.#isChanged = true;
    this.#filled += bytes.length;
    this.#end = Math.max(this.#end, at + bytes.length);
    const pending = this.#content.write(at, bytes);
    return this.#writers?.isMixed === true ? this.#writeThrough(pending) : pending;
  }

  /** Others may have written what this one has not. */
  #checkGaps(missing: number): void {
    const others = bytesThere(fstatSync(this.#fd, { bigint: true })) - this.#filled;
    checkGaps(missing - Math.max(others, 0), this.#files.own.uploads.path, this.#opening.path);
  }

  async #writeThrough(pending: Promise<void> | undefined): Promise<void> {
    await pending;
    await this.#content.flush();
  }

  /** What was written into the file by anybody reaches it. */
  async #flush(): Promise<void> {
    if (this.#isChanged) await this.#content.flush();
    await this.#files.writers.of(this.#inode)?.settle();
  }

  async stat(): Promise<FileStat> {
    await this.#flush();
    return this.#files.statOf(fstatSync(this.#fd, { bigint: true }));
  }

  async setStat(changes: StatChanges): Promise<void> {
    const { user, path } = this.#opening;
    await this.#flush();
    try {
      changeStat(this.#files, { user, path, changes, fd: this.#fd });
    } catch (error) {
      throw fsFailure(error, path);
    }
    if (changes.size === undefined) return;
    this.#isChanged = true;
    this.#tag.forget();
    this.#end = changes.size;
    this.#filled = Math.min(this.#filled, changes.size);
  }

  async sync(): Promise<void> {
    try {
      await this.#content.flush();
      // The system tells only once that what it took has not reached the disk.
      if (this.#lost !== undefined) throw this.#lost;
      await Promise.all([flush(this.#fd), this.#parent?.flush(), this.#files.own.notes.durable()]);
    } catch (error) {
      this.#lost = fsFailure(error, this.#opening.path);
      throw this.#lost;
    }
  }

  async close(how: 'closed' | 'broken'): Promise<void> {
    try {
      if (this.#isChanged) await this.#settle(how);
    } finally {
      this.#files.writers.delete(this.#inode, this.#content);
      this.#parent?.close();
      closeSync(this.#fd);
    }
  }

  async #settle(how: 'closed' | 'broken'): Promise<void> {
    const { fileSystemId } = this.#opening;
    await this.sync();
    const { size } = await this.stat();
    const checksum = this.#writers?.isMixed === true ? undefined : this.#tag.digest(size);
    const path = presentPath(this.#files, { ...this.#opening, fd: this.#fd });
    await this.#written?.({ how, size, checksum, location: { kind: 'file-system', fileSystemId, path } });
  }
}

/** As much as there is, up to `length`. */
export async function readAt(fd: number, position: number, length: number): Promise<Uint8Array> {
  const size = Number(fstatSync(fd, { bigint: true }).size);
  const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - position)));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await read(fd, bytes, filled, bytes.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
