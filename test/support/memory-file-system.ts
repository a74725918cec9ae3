import type {
  FileReader,
  FileSystem,
  FileWriter,
  PosixUser,
  PublishFileOptions,
} from '../../src/files/file-system.ts';
import type { FileStat, FileTree } from '../../src/files/file-tree.ts';
import { FilesError } from '../../src/files/files-error.ts';

interface Stored {
  readonly bytes: Buffer;
  readonly owner: PosixUser;
  readonly mark: string | undefined;
}

/** A file system in memory, flat: as much of the contract as the steps of workflows use. */
export class MemoryFileSystem implements FileSystem {
  readonly id: string;
  uploads = 0;
  before: (
    verb: 'open' | 'publish' | 'published' | 'copy' | 'remove' | 'removed',
    path: string,
  ) => Promise<void> | void = () => undefined;
  readonly #files = new Map<string, Stored>();

  constructor(id: string) {
    this.id = id;
  }

  put(path: string, content: string, owner: PosixUser = { uid: 1, gid: 1, secondaryGids: [] }): void {
    this.#files.set(path, { bytes: Buffer.from(content), owner, mark: undefined });
  }

  text(path: string): string | undefined {
    return this.#files.get(path)?.bytes.toString();
  }

  ownerOf(path: string): PosixUser | undefined {
    return this.#files.get(path)?.owner;
  }

  as(_user: PosixUser): FileTree {
    const lstat = async (path: string): Promise<FileStat> => statOf(this.#get(path));
    return { lstat, stat: lstat } as unknown as FileTree;
  }

  async open(path: string): Promise<FileReader> {
    await this.before('open', path);
    const file = this.#get(path);
    return {
      stat: statOf(file),
      read: async (position, length) => new Uint8Array(file.bytes.subarray(position, position + length)),
      close: async () => undefined,
    };
  }

  async create(path: string, user: PosixUser): Promise<FileWriter> {
    const pieces: Uint8Array[] = [];
    this.uploads += 1;
    let isOver = false;
    const end = (): void => {
      if (!isOver) this.uploads -= 1;
      isOver = true;
    };
    return {
      write: (_position, bytes) => {
        pieces.push(Buffer.from(bytes));
        return undefined;
      },
      publish: async (options) => {
        await this.before('publish', path);
        const stat = this.#publish(path, { bytes: Buffer.concat(pieces), owner: user }, options);
        end();
        await this.before('published', path);
        return stat;
      },
      abort: async () => end(),
    };
  }

  async copy(from: string, to: string, user: PosixUser, options?: PublishFileOptions): Promise<FileStat> {
    await this.before('copy', to);
    const stat = this.#publish(to, { bytes: this.#get(from).bytes, owner: user }, options);
    await this.before('published', to);
    return stat;
  }

  async published(path: string, mark: string): Promise<FileStat | undefined> {
    const file = this.#files.get(path);
    return file?.mark === mark ? statOf(file) : undefined;
  }

  async remove(path: string): Promise<void> {
    await this.before('remove', path);
    this.#get(path);
    this.#files.delete(path);
    await this.before('removed', path);
  }

  #get(path: string): Stored {
    const file = this.#files.get(path);
    if (file === undefined) throw new FilesError('not-found', `There is no ${path}`);
    return file;
  }

  #publish(
    path: string,
    file: Omit<Stored, 'mark'>,
    { ifAbsent = false, mark }: PublishFileOptions = {},
  ): FileStat {
    const there = this.#files.get(path);
    if (ifAbsent && there !== undefined && (mark === undefined || there.mark !== mark)) {
      throw new FilesError('exists', `There is a ${path} already`);
    }
    const stored = { ...file, mark };
    this.#files.set(path, stored);
    return statOf(stored);
  }
}

function statOf({ bytes, owner }: Stored): FileStat {
  const times = { modifiedAt: 0, accessedAt: 0 };
  return { kind: 'file', size: bytes.length, ...times, permissions: 0o644, uid: owner.uid, gid: owner.gid };
}
