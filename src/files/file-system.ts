import type { FileStat, FileTree } from './file-tree.ts';
import type { BeginWriting } from './trees/written-file.ts';

/** A directory that stands for a shared file system such as EFS. Paths are absolute within it; it throws `FilesError`. */
export interface FileSystem {
  /** For example `fs-0123456789abcdef0`. */
  readonly id: string;
  /** All of it as one user sees it: POSIX permissions hold, what is made belongs to that user. */
  as(user: PosixUser, beginWriting?: BeginWriting): FileTree;
  /** Opens a file for reads at any position. */
  open(path: string, user: PosixUser): Promise<FileReader>;
  /** Begins a file of which nothing can be seen before `publish`; the directories above are made. */
  create(path: string, user: PosixUser): Promise<FileWriter>;
  /** Copies within the file system; as `create` and `publish` together. */
  copy(from: string, to: string, user: PosixUser, options?: PublishFileOptions): Promise<FileStat>;
  /** The file that a path has now, if it was published with this mark; undefined for any other, or none. */
  published(path: string, mark: string, user: PosixUser): Promise<FileStat | undefined>;
  /** Throws not-found when there is none. */
  remove(path: string, user: PosixUser): Promise<void>;
}

/** Uid 0 may do everything. */
export interface PosixUser {
  readonly uid: number;
  readonly gid: number;
  readonly secondaryGids: readonly number[];
  /** Directories of which this user is shown what is beneath, and where no link is followed, since it might lead out of them. */
  readonly linkless?: readonly string[];
}

export interface PublishFileOptions {
  /** Throws exists, and leaves what is there, when the name is taken; decided by the same act that writes. */
  readonly ifAbsent?: boolean;
  /** As in `bucket.ts`: who finds the name taken by its own earlier publication has succeeded. */
  readonly mark?: string;
  readonly signal?: AbortSignal;
}

export interface FileReader {
  readonly stat: FileStat;
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface FileWriter {
  /** As `ObjectWriter.write`. */
  write(position: number, bytes: Uint8Array): Promise<void> | undefined;
  publish(options?: PublishFileOptions): Promise<FileStat>;
  abort(): Promise<void>;
}
