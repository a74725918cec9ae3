import type { DirectoryEntry, OpenFile } from '../../files/file-tree.ts';
import { STATUS } from '../packets/names.ts';
import { Refusal } from './refusal.ts';
import type { ReplyLine } from './reply-line.ts';

export interface FileHandle {
  readonly kind: 'file';
  readonly path: string;
  readonly file: OpenFile;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** A write failed: what lies there is not what the client sent. */
  hasFailed: boolean;
  /** Data leaves in the order in which it was asked for, as from OpenSSH: streams of JSch take it for the file's own order. */
  readonly reads: ReplyLine;
}

export interface DirectoryHandle {
  readonly kind: 'directory';
  readonly path: string;
  readonly pages: AsyncIterator<readonly DirectoryEntry[]>;
  /** Read from the tree, not yet told to the client. */
  entries: readonly DirectoryEntry[];
}

export type Handle = FileHandle | DirectoryHandle;

const HANDLE_BYTES = 4;

/** What one channel has open. A number is used once, so that a handle that was closed means nothing for good. */
export class Handles {
  readonly #open = new Map<number, Handle>();
  readonly #limit: number;
  #reserved = 0;
  #last = 0;

  /** 0 is no limit. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a place for what is about to be opened; the place is given back, or used by `add`. */
  reserve(): void {
    if (this.#limit > 0 && this.#open.size + this.#reserved >= this.#limit) {
      throw new Refusal(STATUS.FAILURE, `Too many open files; at most ${this.#limit}`);
    }
    this.#reserved += 1;
  }

  giveBack(): void {
    this.#reserved -= 1;
  }

  add(handle: Handle): Buffer {
    this.giveBack();
    this.#last += 1;
    this.#open.set(this.#last, handle);
    const name = Buffer.allocUnsafe(HANDLE_BYTES);
    name.writeUInt32BE(this.#last);
    return name;
  }

  file(name: Buffer): FileHandle {
    const handle = this.any(name);
    if (handle.kind !== 'file') throw new Refusal(STATUS.FAILURE, 'The handle is not one of a file');
    return handle;
  }

  directory(name: Buffer): DirectoryHandle {
    const handle = this.any(name);
    if (handle.kind !== 'directory')
      throw new Refusal(STATUS.FAILURE, 'The handle is not one of a directory');
    return handle;
  }

  any(name: Buffer): Handle {
    const handle = name.length === HANDLE_BYTES ? this.#open.get(name.readUInt32BE()) : undefined;
    if (handle === undefined) throw new Refusal(STATUS.FAILURE, 'Invalid handle');
    return handle;
  }

  /** From now on the handle means nothing. */
  take(name: Buffer): Handle {
    const handle = this.any(name);
    this.#open.delete(name.readUInt32BE());
    return handle;
  }

  takeAll(): readonly Handle[] {
    const all = [...this.#open.values()];
    this.#open.clear();
    return all;
  }
}
