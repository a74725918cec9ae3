/**
 * Files and directories by absolute path (`/a/b`), as an SFTP server shows them to one user. No call leaves the tree,
 * whatever its paths and links say. Every call throws `FilesError`; times are epoch milliseconds.
 */
export interface FileTree {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /** Follows links. */
  stat(path: string): Promise<FileStat>;
  lstat(path: string): Promise<FileStat>;
  setStat(path: string, changes: StatChanges): Promise<void>;
  /** Pages of entries without `.` and `..`, each at most some hundred long, ended by `return` when no more is wanted. */
  list(path: string): AsyncIterable<readonly DirectoryEntry[]>;
  makeDirectory(path: string, changes: StatChanges): Promise<void>;
  removeDirectory(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Throws exists when the target is there, unless it is to be replaced. */
  rename(from: string, to: string, options: { readonly replace: boolean }): Promise<void>;
  /** Absolute and without `.`, `..` and doubled slashes; need not exist. */
  realPath(path: string): Promise<string>;
  readLink(path: string): Promise<string>;
  symlink(target: string, path: string): Promise<void>;
}

export interface OpenMode {
  readonly read: boolean;
  readonly write: boolean;
  readonly append: boolean;
  /** Make it when it is not there; with `exclusive` it must not be there. */
  readonly create: boolean;
  readonly truncate: boolean;
  readonly exclusive: boolean;
  readonly attributes: StatChanges;
}

export interface OpenFile {
  /** At most `length` bytes from `position`; none at the end. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** Undefined when the bytes were taken at once; else to be awaited. The caller may use their memory again then. */
  write(position: number, bytes: Uint8Array): Promise<void> | undefined;
  stat(): Promise<FileStat>;
  setStat(changes: StatChanges): Promise<void>;
  /** Makes durable what was written so far; absent where that comes with `close` alone. */
  sync?(): Promise<void>;
  /**
   * Ends it. What was written, and all that its arrival sets going, is durable when this resolves. `broken`: the client
   * left without closing; what arrived is kept.
   */
  close(how: 'closed' | 'broken'): Promise<void>;
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'link';
  readonly size: number;
  readonly modifiedAt: number;
  readonly accessedAt: number;
  /** Permission bits alone, without the kind. */
  readonly permissions: number;
  readonly uid: number;
  readonly gid: number;
}

export interface StatChanges {
  readonly size?: number;
  readonly modifiedAt?: number;
  readonly accessedAt?: number;
  readonly permissions?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly stat: FileStat;
}
