import type { FileTree, OpenFile, OpenMode } from '../../../files/file-tree.ts';
import { FilesError, PublicError } from '../../../files/files-error.ts';
import type { BeginWriting, StoredFile, Written, WrittenFile } from '../../../files/trees/written-file.ts';
import { withRetries } from '../retries.ts';
import { failureOf } from '../steps/step-failure.ts';
import type { Transfer } from '../transfer.ts';
import { OpenNames } from './open-names.ts';
import { readStoragePath } from './storage-path.ts';

export interface LastNamesOptions {
  readonly transfer: Pick<Transfer, 'clock' | 'settings' | 'storage'>;
  readonly domain: 'S3' | 'EFS';
  readonly beginWriting: BeginWriting;
  readonly storagePath: (path: string) => string;
}

const NOT_STARTED = 'The file has its new name, but its workflow could not be started';
/** What has been renamed has arrived, whoever leaves meanwhile. */
const NEVER = new AbortController().signal;

/**
 * Some clients upload under a name of their own and rename the file when it is whole: where the configuration knows such names,
 * a file has arrived when it has another one and is closed.
 */
export class LastNames {
  readonly #options: LastNamesOptions;
  readonly #open = new OpenNames();

  constructor(options: LastNamesOptions) {
    this.#options = options;
  }

  /** Hands on what was not opened under a temporary name; in a bucket also what a client leaves unclosed, which keeps its name. */
  beginWriting(path: string): Written {
    const { domain, beginWriting } = this.#options;
    const written = beginWriting(path);
    if (!this.#isConfigured) return written;
    const isWatched = domain === 'EFS' && this.#isTemporary(path);
    return async (file) => {
      const isToBeRenamed = file.how === 'closed' && this.#isTemporary(pathOf(file.location));
      if (!isWatched && !isToBeRenamed) await written(file);
    };
  }

  /** The tree, which hands on what gets its last name in it. */
  watch(tree: FileTree): FileTree {
    const { domain, beginWriting } = this.#options;
    if (!this.#isConfigured) return tree;
    // An object has no name before it is closed.
    const isToWatch = (path: string, { write, append }: OpenMode): boolean =>
      domain === 'EFS' && (write || append) && this.#isTemporary(this.#stored(path));
    return {
      ...tree,
      open: async (path, mode) => {
        const file = await tree.open(path, mode);
        return isToWatch(path, mode) ? this.#watchFile(tree, file, path) : file;
      },
      remove: async (path) => {
        await tree.remove(path);
        this.#open.removed(path);
      },
      rename: async (from, to, how) => {
        const isLast = this.#isTemporary(this.#stored(from)) && !this.#isTemporary(this.#stored(to));
        const written = isLast ? beginWriting(to) : undefined;
        await tree.rename(from, to, how);
        this.#open.renamed(from, to);
        if (written === undefined || this.#open.has(to)) return;
        await this.#handOn(() => this.#find(tree, to, 'closed'), written);
      },
    };
  }

  #watchFile(tree: FileTree, file: OpenFile, path: string): OpenFile {
    const name = this.#open.add(path);
    const written = this.#options.beginWriting(path);
    let isWritten = false;
    return {
      ...file,
      write: (position, bytes) => {
        isWritten = true;
        return file.write(position, bytes);
      },
      close: async (how) => {
        try {
          await file.close(how);
        } finally {
          this.#open.delete(name);
        }
        const { now } = name;
        const isTouched = isWritten || now !== path;
        if (now === undefined || !isTouched || this.#open.has(now)) return;
        if (how === 'closed' && this.#isTemporary(this.#stored(now))) return;
        await this.#handOn(() => this.#find(tree, now, how), written);
      },
    };
  }

  async #handOn(find: () => Promise<WrittenFile | undefined>, written: Written): Promise<void> {
    const { clock } = this.#options.transfer;
    let file: WrittenFile | undefined;
    const attempt = async (): Promise<void> => {
      file ??= await find();
      if (file !== undefined) await written(file);
    };
    const isTransient = (error: unknown): boolean => failureOf(error).isTransient;
    try {
      await withRetries(attempt, { clock, signal: NEVER, isTransient });
    } catch (error) {
      const forLog = `${NOT_STARTED}: ${failureOf(error).message}`;
      const cause = new FilesError('unavailable', forLog, { cause: error });
      throw new PublicError('unavailable', NOT_STARTED, { cause });
    }
  }

  /** As whoever had written it would tell of it; undefined for a directory, and when it has gone. */
  async #find(tree: FileTree, path: string, how: WrittenFile['how']): Promise<WrittenFile | undefined> {
    const { transfer, domain } = this.#options;
    const { root, path: key } = readStoragePath(this.#stored(path));
    if (domain === 'EFS') {
      const { kind, size } = await tree.lstat(path);
      const location = { kind: 'file-system', fileSystemId: root, path: `/${key}` } as const;
      return kind === 'file' ? { how, size, location } : undefined;
    }
    const found = await transfer.storage.bucket(root)?.head({ key });
    if (found === undefined) return undefined;
    const { size, etag, versionId } = found;
    return { how, size, location: { kind: 'bucket', bucket: root, key, versionId, etag } };
  }

  get #isConfigured(): boolean {
    return this.#options.transfer.settings.temporarySuffixes.length > 0;
  }

  #isTemporary(path: string): boolean {
    return this.#options.transfer.settings.temporarySuffixes.some((suffix) => path.endsWith(suffix));
  }

  #stored(path: string): string {
    return this.#options.storagePath(path);
  }
}

const pathOf = (location: StoredFile): string =>
  location.kind === 'bucket'
    ? `/${location.bucket}/${location.key}`
    : `/${location.fileSystemId}${location.path}`;
