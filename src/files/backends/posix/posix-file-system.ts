import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { FileReader, FileSystem, FileWriter, PosixUser, PublishFileOptions } from '../../file-system.ts';
import type { FileStat, FileTree } from '../../file-tree.ts';
import { FilesError } from '../../files-error.ts';
import { normalize } from '../../trees/tree-path.ts';
import type { BeginWriting } from '../../trees/written-file.ts';
import { cloneFile } from '../clone-file.ts';
import { descriptorPath } from '../directory.ts';
import { FileUpload } from '../file-upload.ts';
import { fsFailure } from '../fs-failure.ts';
import { remove, there } from './change-entries.ts';
import { readAt } from './open-file.ts';
import { PosixFiles } from './posix-files.ts';
import { posixTree, settleEntries } from './posix-tree.ts';
import { publishedFile, publishFile } from './publish-file.ts';
import { resolve } from './resolve.ts';

const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

export interface PosixFileSystemOptions {
  readonly id: string;
  readonly directory: string;
  /** Whether this process may change the owners of files: by default whether it is root. */
  readonly givesFiles?: boolean;
}

/**
 * A directory that stands for a shared file system. Permissions are checked here, against the bits and owners of its
 * files. As root this process gives files to their users; otherwise it notes beside them whose they are.
 */
export class PosixFileSystem implements FileSystem {
  readonly id: string;
  readonly #options: PosixFileSystemOptions;
  #opened: PosixFiles | undefined;

  constructor(options: PosixFileSystemOptions) {
    this.id = options.id;
    this.#options = options;
  }

  /** Opened when they are first needed. */
  get #files(): PosixFiles {
    const { directory, givesFiles = process.getuid?.() === 0 } = this.#options;
    this.#opened ??= new PosixFiles(directory, givesFiles);
    return this.#opened;
  }

  as(user: PosixUser, beginWriting?: BeginWriting): FileTree {
    return posixTree(() => this.#files, { fileSystemId: this.id, user, beginWriting });
  }

  async open(path: string, user: PosixUser): Promise<FileReader> {
    const { fd, stat } = this.#open(path, user);
    let isOpen = true;
    return {
      stat,
      read: async (position, length) => {
        if (!isOpen) throw new FilesError('invalid', `The file is no longer open: ${path}`);
        return readAt(fd, position, length).catch((error: unknown) => Promise.reject(fsFailure(error, path)));
      },
      close: async () => {
        if (isOpen) closeSync(fd);
        isOpen = false;
      },
    };
  }

  #open(
    path: string,
    user: PosixUser,
  ): { readonly fd: number; readonly path: string; readonly stat: FileStat } {
    return resolve(this.#files, { user, path, follow: true }, (found) => {
      const kind = there(found);
      if (kind.isDirectory()) throw new FilesError('is-a-directory', `It is a directory: ${path}`);
      if (!kind.isFile()) throw new FilesError('unsupported', `It is no ordinary file: ${path}`);
      const file = found.parent.at(found.name);
      const fd = openSync(file, READ);
      try {
        this.#files.check(user, 'read', { fd, path });
        const stat = this.#files.statOf(fstatSync(fd, { bigint: true }));
        return { fd, path: descriptorPath(fd) ?? file, stat };
      } catch (error) {
        closeSync(fd);
        throw error;
      }
    });
  }

  async create(path: string, user: PosixUser): Promise<FileWriter> {
    const named = checkedName(path);
    const upload = new FileUpload(this.#files.own, { shown: named, isTagged: false });
    return {
      write: (position, bytes) => upload.write(position, bytes),
      publish: (options) => publishFile(this.#files, { user, path: named, upload, options }),
      abort: () => upload.end(),
    };
  }

  async copy(
    from: string,
    to: string,
    ...[user, options]: [PosixUser, PublishFileOptions?]
  ): Promise<FileStat> {
    const named = checkedName(to);
    const source = this.#open(from, user);
    const upload = new FileUpload(this.#files.own, { shown: named, isTagged: false });
    try {
      const { size } = source.stat;
      await upload.fill('', (path) => cloneFile(path, { from: source, size, signal: options?.signal }));
      return await publishFile(this.#files, { user, path: named, upload, options });
    } catch (error) {
      options?.signal?.throwIfAborted();
      throw fsFailure(error, to);
    } finally {
      await upload.end();
      closeSync(source.fd);
    }
  }

  async published(path: string, mark: string, user: PosixUser): Promise<FileStat | undefined> {
    try {
      return publishedFile(this.#files, { user, path: checkedName(path), follow: true }, mark);
    } catch (error) {
      if (error instanceof FilesError && error.reason === 'not-found') return undefined;
      throw error;
    }
  }

  async remove(path: string, user: PosixUser): Promise<void> {
    await settleEntries(this.#files, remove(this.#files, user, path));
  }

  /** Removes what uploads of an earlier process left. */
  sweep(): void {
    this.#files.own.sweep();
  }

  close(): void {
    this.#opened?.close();
  }
}

function checkedName(path: string): string {
  const named = normalize(path);
  if (named === '/' || path.endsWith('/'))
    throw new FilesError('is-a-directory', `It is a directory: ${path}`);
  return named;
}
