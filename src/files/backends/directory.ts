import { closeSync, constants, existsSync, fsync, mkdirSync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { codeOf } from '../../lib/error-code.ts';

const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
/** Names beneath a descriptor, as `openat` and its kin resolve them: nothing on the way can be swapped. */
const DESCRIPTORS = '/proc/self/fd';
const hasDescriptors = existsSync(DESCRIPTORS);

const flush = promisify(fsync);

/**
 * An open directory. Where the system shows descriptors as paths (Linux), what is reached through it lies in that very
 * directory whatever is renamed meanwhile; elsewhere its path is used, which a swapped directory could mislead.
 */
export class Directory {
  readonly fd: number;
  readonly #path: string;

  private constructor(path: string, flags: number) {
    this.fd = openSync(path, flags);
    this.#path = hasDescriptors ? `${DESCRIPTORS}/${this.fd}` : path;
  }

  /** Follows links on the way: for directories that the configuration names. */
  static open(path: string): Directory {
    return new Directory(path, DIRECTORY & ~constants.O_NOFOLLOW);
  }

  /** Path of one entry, whose name has no `/` and is neither `.` nor `..`. */
  at(name: string): string {
    return `${this.#path}/${name}`;
  }

  get path(): string {
    return this.#path;
  }

  /** Opens an entry that is a directory and no link. */
  enter(name: string): Directory {
    return new Directory(this.at(name), DIRECTORY);
  }

  /** The same, made when it is not there; tells whether it was made. */
  enterOrMake(name: string, mode = 0o777): { readonly directory: Directory; readonly isNew: boolean } {
    try {
      return { directory: this.enter(name), isNew: false };
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    const isNew = makeDirectory(this.at(name), mode);
    return { directory: this.enter(name), isNew };
  }

  /** Makes entries durable: those added, renamed and removed. */
  flush(): Promise<void> {
    return flush(this.fd);
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** Gives whether it is this call that made it. */
function makeDirectory(path: string, mode: number): boolean {
  try {
    mkdirSync(path, mode);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Opens the directory that the names lead to from `root`, following no link; to be closed. */
export function descend(root: Directory, names: readonly string[]): Directory {
  let current = root;
  for (const name of names) {
    const above = current;
    try {
      current = above.enter(name);
    } finally {
      if (above !== root) above.close();
    }
  }
  return current === root ? root.enter('.') : current;
}

/** Calls with the directory that the names lead to; it is closed when `use` has returned. */
export function within<T>(root: Directory, names: readonly string[], use: (found: Directory) => T): T {
  if (names.length === 0) return use(root);
  const directory = descend(root, names);
  try {
    return use(directory);
  } finally {
    directory.close();
  }
}

/** A path that leads to what is open, whatever has become of its name; undefined where the system has none. */
export const descriptorPath = (fd: number): string | undefined =>
  hasDescriptors ? `${DESCRIPTORS}/${fd}` : undefined;
