import type { WriteBehind } from '../write-behind.ts';

/** Those who have one file open for writing at the same time. */
export class Writers {
  readonly contents = new Set<WriteBehind>();
  /** There has been more than one, or the file was cut meanwhile: nobody knows its content from his own writes, nor may keep them back. */
  isMixed = false;

  /** Lets what they have written reach the file. A failure is for the one whose bytes they are. */
  async settle(): Promise<void> {
    await Promise.all([...this.contents].map((content) => content.flush().catch(() => undefined)));
  }
}

/** Who writes into which file, by inode: writes that were answered show to everybody, though they are collected. */
export class OpenWriters {
  readonly #byInode = new Map<bigint, Writers>();

  of(inode: bigint): Writers | undefined {
    return this.#byInode.get(inode);
  }

  add(inode: bigint, content: WriteBehind): Writers {
    const writers = this.#byInode.get(inode) ?? new Writers();
    this.#byInode.set(inode, writers);
    writers.isMixed ||= writers.contents.size > 0;
    writers.contents.add(content);
    return writers;
  }

  delete(inode: bigint, content: WriteBehind): void {
    const writers = this.#byInode.get(inode);
    writers?.contents.delete(content);
    if (writers?.contents.size === 0) this.#byInode.delete(inode);
  }
}
