import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { DirectoryBucket } from './backends/local/directory-bucket.ts';
import { OWN_FOLDER } from './backends/own-folder.ts';
import { PosixFileSystem } from './backends/posix/posix-file-system.ts';
import { S3Bucket } from './backends/s3/s3-bucket.ts';
import type { S3Config } from './backends/s3/s3-endpoint.ts';
import type { Bucket } from './bucket.ts';
import type { FileSystem } from './file-system.ts';
import { FilesError } from './files-error.ts';
import type { Storage } from './storage.ts';

export interface StorageOptions {
  readonly buckets: Readonly<Record<string, DirectoryConfig | RemoteConfig>>;
  /** By id. */
  readonly fileSystems: Readonly<Record<string, { readonly directory: string }>>;
  /** Folders in its folder `buckets` are buckets too. */
  readonly data: string;
  /** Of buckets that say none. */
  readonly region: string;
  /** Makes ids of versions and uploads, each a new one. */
  readonly newId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface DirectoryConfig {
  readonly directory: string;
  readonly region?: string | undefined;
  readonly versioning?: boolean;
}

interface RemoteConfig extends S3Config {
  readonly versioning?: boolean;
}

/** What may be the name of a folder that is a bucket. */
const FOLDER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** Storage as the configuration has it. Nothing is opened before it is asked for. Throws when two share a directory. */
export function openStorage(options: StorageOptions): Storage {
  return new ConfiguredStorage(options);
}

interface Kept {
  sweep(): void;
  close(): void;
}

class ConfiguredStorage implements Storage {
  readonly #options: StorageOptions;
  readonly #folders: string;
  readonly #buckets = new Map<string, Bucket>();
  readonly #fileSystems = new Map<string, FileSystem>();
  readonly #directories: (Kept & { readonly directory: string })[] = [];
  readonly #remote: S3Bucket[] = [];

  constructor(options: StorageOptions) {
    this.#options = options;
    this.#folders = join(options.data, 'buckets');
    // Where the data directory is, its folders of buckets are too: what is said first is what is wrong.
    checkOutside(this.#known(), options.data);
    checkApart(this.#known());
  }

  bucket(name: string): Bucket | undefined {
    const open = this.#buckets.get(name) ?? this.#openBucket(name);
    if (open !== undefined) this.#buckets.set(name, open);
    return open;
  }

  #openBucket(name: string): Bucket | undefined {
    const { buckets, region, newId, now } = this.#options;
    const config = Object.hasOwn(buckets, name) ? buckets[name] : this.#folder(name);
    if (config === undefined) return undefined;
    const versioning = config.versioning ?? false;
    const known = { name, region: config.region ?? region };
    if ('directory' in config) {
      const { directory } = config;
      checkApart(this.#known());
      const newVersionId = versioning ? newId : undefined;
      return this.#keep(directory, new DirectoryBucket({ ...known, directory, newVersionId }));
    }
    const bucket = new S3Bucket({ ...config, ...known, versioning, newId, now });
    this.#remote.push(bucket);
    return bucket;
  }

  #keep<T extends Kept>(directory: string, kept: T): T {
    this.#directories.push({ directory, sweep: () => kept.sweep(), close: () => kept.close() });
    return kept;
  }

  #folder(name: string): DirectoryConfig | undefined {
    const directory = join(this.#folders, name);
    const isFolder = FOLDER.test(name) && statSync(directory, { throwIfNoEntry: false })?.isDirectory();
    return isFolder === true ? { directory } : undefined;
  }

  fileSystem(id: string): FileSystem | undefined {
    const name = id.slice(id.lastIndexOf('/') + 1);
    const { fileSystems } = this.#options;
    const config = Object.hasOwn(fileSystems, name) ? fileSystems[name] : undefined;
    if (config === undefined) return undefined;
    const open =
      this.#fileSystems.get(name) ??
      this.#keep(config.directory, new PosixFileSystem({ id: name, directory: config.directory }));
    this.#fileSystems.set(name, open);
    return open;
  }

  buckets(): readonly string[] {
    return [...new Set([...Object.keys(this.#options.buckets), ...this.#folderNames()])].sort();
  }

  fileSystems(): readonly string[] {
    return Object.keys(this.#options.fileSystems).sort();
  }

  #folderNames(): string[] {
    const names = existsSync(this.#folders) ? readdirSync(this.#folders) : [];
    return names.filter((name) => this.#folder(name) !== undefined);
  }

  /** Directories by what they are called in errors. */
  #known(): Map<string, string> {
    const { buckets, fileSystems } = this.#options;
    const folders = this.#folderNames().filter((name) => !Object.hasOwn(buckets, name));
    const configured = Object.entries(buckets).flatMap(([name, config]): [string, string][] =>
      'directory' in config ? [[`bucket ${name}`, config.directory]] : [],
    );
    return new Map([
      ...configured,
      ...folders.map((name): [string, string] => [`bucket ${name}`, join(this.#folders, name)]),
      ...Object.entries(fileSystems).map(([id, { directory }]): [string, string] => [
        `file system ${id}`,
        directory,
      ]),
    ]);
  }

  async sweep(): Promise<void> {
    for (const [name, directory] of this.#known()) {
      if (!hasUploads(directory)) continue;
      const [kind, id = ''] = name.split(/ (?=\S+$)/);
      if (kind === 'bucket') this.bucket(id);
      else this.fileSystem(id);
    }
    for (const kept of this.#directories) kept.sweep();
  }

  async close(): Promise<void> {
    for (const kept of this.#directories) kept.close();
    for (const bucket of this.#remote) await bucket.close();
  }
}

function hasUploads(directory: string): boolean {
  const uploads = join(directory, OWN_FOLDER, 'uploads');
  return existsSync(uploads) && readdirSync(uploads).length > 0;
}

/** Keys and everything else that is kept would be files of the bucket. */
function checkOutside(directories: ReadonlyMap<string, string>, data: string): void {
  const kept = existsSync(data) ? realpathSync(data) + sep : undefined;
  for (const [name, directory] of directories) {
    if (kept === undefined || !existsSync(directory) || !kept.startsWith(realpathSync(directory) + sep))
      continue;
    throw new FilesError('invalid', `The directory of ${name} holds the data directory`);
  }
}

/** One directory within another would show what is not to be seen, and the files of one as those of another. */
function checkApart(directories: ReadonlyMap<string, string>): void {
  const real = [...directories].flatMap(([name, directory]) =>
    existsSync(directory) ? [{ name, path: realpathSync(directory) + sep }] : [],
  );
  for (const [at, one] of real.entries()) {
    for (const other of real.slice(at + 1)) {
      if (!one.path.startsWith(other.path) && !other.path.startsWith(one.path)) continue;
      throw new FilesError('invalid', `The directories of ${one.name} and ${other.name} are not apart`);
    }
  }
}
