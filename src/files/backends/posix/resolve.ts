import { type BigIntStats, lstatSync, readlinkSync } from 'node:fs';
import { codeOf } from '../../../lib/error-code.ts';
import type { PosixUser } from '../../file-system.ts';
import { FilesError } from '../../files-error.ts';
import { namesOf } from '../../trees/tree-path.ts';
import type { Directory } from '../directory.ts';
import { fsFailure } from '../fs-failure.ts';
import { OWN_FOLDER } from '../own-folder.ts';
import type { PosixFiles } from './posix-files.ts';

const LINKS = 40;

/** Where a path leads: an entry of a directory that is open as long as the call lasts. */
export interface Resolved {
  readonly path: string;
  readonly parent: Directory;
  /** `.` for the root itself. */
  readonly name: string;
  /** Undefined when there is no such entry. */
  readonly stats: BigIntStats | undefined;
}

export interface Resolving {
  readonly user: PosixUser;
  readonly path: string;
  /** Whether a link at the end is followed. */
  readonly follow: boolean;
}

/**
 * Walks a path as the kernel would for this user, with the file system's root as its root: absolute links begin there,
 * `..` stops there. Each step is taken from the open directory before it, so that nothing swapped meanwhile leads out. Beneath
 * directories that are linkless for the user no link is followed.
 */
export function resolve<T>(files: PosixFiles, resolving: Resolving, use: (found: Resolved) => T): T {
  const walk = new Walk(files, resolving);
  try {
    return use(walk.run());
  } catch (error) {
    throw fsFailure(error, resolving.path);
  } finally {
    walk.close();
  }
}

/** The same, once writes to what is found there have reached it. */
export async function resolveSettled<T>(
  files: PosixFiles,
  resolving: Resolving,
  use: (found: Resolved) => T,
): Promise<T> {
  const first = resolve(files, resolving, (found) => {
    const writers = found.stats && files.writers.of(found.stats.ino);
    return writers === undefined ? { result: use(found) } : { writers };
  });
  if ('result' in first) return first.result;
  await first.writers.settle();
  return resolve(files, resolving, use);
}

class Walk {
  readonly #files: PosixFiles;
  readonly #resolving: Resolving;
  /** From the root down, all open, and the names they were entered by. */
  readonly #directories: Directory[];
  readonly #names: string[] = [];
  /** What is still to be walked, the next at the end. */
  readonly #ahead: string[];
  /** How many names at the path's end are not to be links. */
  readonly #linkless: number;
  #links = 0;

  constructor(files: PosixFiles, resolving: Resolving) {
    this.#files = files;
    this.#resolving = resolving;
    const names = namesOf(resolving.path);
    this.#linkless = linklessNames(names, resolving.user);
    this.#ahead = names.reverse();
    this.#directories = [files.root.enter('.')];
  }

  run(): Resolved {
    for (;;) {
      const name = this.#ahead.pop();
      if (name === undefined) return this.#whole();
      if (name === '' || name === '.') continue;
      if (name === '..') this.#up();
      else {
        const found = this.#step(name);
        if (found !== undefined) return found;
      }
    }
  }

  get #here(): Directory {
    return this.#directories.at(-1) as Directory;
  }

  /** The path has ended at a directory that was walked into. */
  #whole(): Resolved {
    const name = this.#names.pop();
    if (name === undefined) return this.#found(this.#here, '.');
    (this.#directories.pop() as Directory).close();
    return this.#found(this.#here, name);
  }

  #step(name: string): Resolved | undefined {
    const { user, path, follow } = this.#resolving;
    const here = this.#here;
    this.#files.check(user, 'execute', { fd: here.fd, path });
    const found = this.#found(here, name);
    const isLast = this.#ahead.length === 0;
    if (found.stats?.isSymbolicLink() === true && (follow || !isLast)) {
      if (this.#ahead.length < this.#linkless)
        throw new FilesError('unsupported', `Symbolic links are not supported here: ${path}`);
      this.#turn(readlinkSync(here.at(name)));
      return undefined;
    }
    if (isLast) return found;
    if (found.stats === undefined) throw new FilesError('not-found', `There is no such directory: ${path}`);
    this.#directories.push(here.enter(name));
    this.#names.push(name);
    return undefined;
  }

  #found(parent: Directory, name: string): Resolved {
    const { path } = this.#resolving;
    const isOwn = this.#directories.length === 1 && name.toLowerCase() === OWN_FOLDER;
    if (isOwn) throw new FilesError('not-found', `There is no such file or directory: ${path}`);
    return { path, parent, name, stats: statsAt(parent.at(name)) };
  }

  #turn(target: string): void {
    this.#links += 1;
    if (this.#links > LINKS) throw new FilesError('invalid', `Too many links: ${this.#resolving.path}`);
    if (target.startsWith('/')) while (this.#directories.length > 1) this.#up();
    this.#ahead.push(...target.split('/').reverse());
  }

  #up(): void {
    if (this.#directories.length === 1) return;
    (this.#directories.pop() as Directory).close();
    this.#names.pop();
  }

  close(): void {
    for (const directory of this.#directories) directory.close();
  }
}

/** Those beneath the nearest directory that is linkless; all, where there are such directories and this is in none. */
function linklessNames(names: readonly string[], { linkless }: PosixUser): number {
  if (linkless === undefined) return 0;
  const roots = linkless.map((root) => namesOf(root));
  const around = roots.filter((root) => root.every((name, at) => names[at] === name));
  return names.length - Math.max(0, ...around.map((root) => root.length));
}

function statsAt(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
