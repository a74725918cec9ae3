import { closeSync, fdatasync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { BoundedMap } from '../lib/bounded-map.ts';

const flush = promisify(fdatasync);

/** What the file system cannot hold of a file. `kind` says what the file is to whoever noted it. */
export interface FileNote {
  readonly kind: 'object' | 'marker' | 'implied' | 'owner';
  readonly etag?: string | undefined;
  readonly versionId?: string | undefined;
  readonly mark?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

/**
 * Which file a note is about. A file that another program wrote has another inode, size or time, and so no note; for
 * what keeps its note when it changes, size is -1 and the time that of its birth.
 */
export interface FileIdentity {
  readonly inode: bigint;
  readonly size: bigint;
  /** Nanoseconds. */
  readonly time: bigint;
}

/** Rows are checked by `FileNotes` itself: nobody else writes them. */
interface NoteRow {
  readonly size: bigint;
  readonly time: bigint;
  readonly note: string;
}

/** What is noted about an inode. */
interface Kept extends Pick<FileIdentity, 'size' | 'time'> {
  readonly note: FileNote | undefined;
}

/** No file has that size. */
const NOTHING: Kept = { size: -2n, time: 0n, note: undefined };
/** Who works on a file asks for its note again and again. */
const REMEMBERED = 4096;

/** A version of an object that is no longer, or not, the current one. Absent `file`: a delete marker. */
export interface ArchivedVersion {
  readonly versionId: string;
  readonly file?: string | undefined;
}

const SCHEMA = `
  pragma locking_mode = exclusive;
  pragma journal_mode = wal;
  pragma synchronous = normal;
  pragma journal_size_limit = 16777216;
  pragma cache_size = -4096;
  create table if not exists notes (
    inode integer primary key, size integer not null, time integer not null, note text not null
  ) strict;
  create table if not exists versions (
    key text not null, number integer not null, version text not null, file text,
    primary key (key, number)
  ) strict, without rowid;
`;

/**
 * Notes on files of one directory tree, by inode, in a database beside them that this process has for itself. What is
 * written outlives the process at once, and a loss of power once `durable` has resolved.
 */
export class FileNotes {
  readonly #database: DatabaseSync;
  readonly #log: number;
  readonly #statements: Readonly<Record<keyof typeof STATEMENTS, StatementSync>>;
  readonly #recent = new BoundedMap<bigint, Kept>(REMEMBERED);
  /** Resolves when no write is under way, whatever became of it. */
  #flushing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  /** The disk may have lost a part of the log: the system tells of it only once. */
  #isLogDoubtful = false;

  /** Throws when another process has it open. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: 0 });
    try {
      this.#database.exec(SCHEMA);
      // Something has to be written for the log to be there.
      this.#database.exec('pragma user_version = 1');
      this.#log = openSync(`${path}-wal`, 'r');
    } catch (error) {
      // Open, it would have the file for itself.
      this.#database.close();
      throw error;
    }
    this.#statements = prepare(this.#database);
  }

  get({ inode, size, time }: FileIdentity): FileNote | undefined {
    const kept = this.#recent.get(inode) ?? this.#read(inode);
    return kept.size === size && kept.time === time ? kept.note : undefined;
  }

  #read(inode: bigint): Kept {
    const row = this.#statements.get.get(BigInt.asIntN(64, inode)) as NoteRow | undefined;
    const kept = row === undefined ? NOTHING : { ...row, note: JSON.parse(row.note) as FileNote };
    this.#recent.set(inode, kept);
    return kept;
  }

  put({ inode, size, time }: FileIdentity, note: FileNote): void {
    this.#statements.put.run(BigInt.asIntN(64, inode), size, time, JSON.stringify(note));
    this.#recent.set(inode, { size, time, note });
  }

  delete(inode: bigint): void {
    this.#statements.delete.run(BigInt.asIntN(64, inode));
    this.#recent.set(inode, NOTHING);
  }

  /** Newest first. */
  versions(key: string): readonly ArchivedVersion[] {
    const rows = this.#statements.versions.all(key) as { version: string; file: string | null }[];
    return rows.map(({ version, file }) => ({ versionId: version, file: file ?? undefined }));
  }

  addVersion(key: string, { versionId, file }: ArchivedVersion): void {
    this.#statements.addVersion.run(key, versionId, file ?? null);
  }

  deleteVersion(key: string, versionId: string): void {
    this.#statements.deleteVersion.run(key, versionId);
  }

  /** Resolves when all that was written before this call is durable. Calls that come together share one write. */
  durable(): Promise<void> {
    this.#next ??= this.#flushing.then(() => this.#flush());
    return this.#next;
  }

  /** What comes from now on may be too late for it. */
  #flush(): Promise<void> {
    this.#next = undefined;
    const flushing = this.#isLogDoubtful ? this.#rewrite() : flush(this.#log);
    this.#flushing = flushing.catch(() => {
      this.#isLogDoubtful = true;
    });
    return flushing;
  }

  /** Brings everything from the log, which begins anew, into the database. */
  async #rewrite(): Promise<void> {
    this.#database.exec('pragma wal_checkpoint(truncate)');
    this.#isLogDoubtful = false;
  }

  close(): void {
    closeSync(this.#log);
    this.#database.close();
  }
}

const STATEMENTS = {
  get: 'select size, time, note from notes where inode = ?',
  put: 'insert or replace into notes (inode, size, time, note) values (?, ?, ?, ?)',
  delete: 'delete from notes where inode = ?',
  versions: 'select version, file from versions where key = ? order by number desc',
  addVersion: `insert into versions (key, number, version, file)
    select ?1, coalesce(max(number), 0) + 1, ?2, ?3 from versions where key = ?1`,
  deleteVersion: 'delete from versions where key = ? and version = ?',
};

function prepare(database: DatabaseSync): Record<keyof typeof STATEMENTS, StatementSync> {
  const entries = Object.entries(STATEMENTS).map(([name, sql]) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return [name, statement];
  });
  return Object.fromEntries(entries);
}
