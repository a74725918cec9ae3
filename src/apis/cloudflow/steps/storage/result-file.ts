import type { Bucket, ObjectWriter } from '../../../../files/bucket.ts';

const PIECE = 1 << 20;

/** A JSON array that grows in a bucket, of which at most a piece is in memory. Nothing shows before its end. */
export class ResultFile {
  readonly key: string;
  readonly #bucket: Bucket;
  #writer: ObjectWriter | undefined;
  #pieces: string[] = [];
  #pending = 0;
  #size = 0;

  constructor(bucket: Bucket, key: string) {
    this.#bucket = bucket;
    this.key = key;
  }

  async add(entry: string): Promise<void> {
    this.#push(`${this.#writer === undefined && this.#pending === 0 ? '[' : ','}\n${entry}`);
    if (this.#pending >= PIECE) await this.#flush();
  }

  /** Ends the file; it is durable when this resolves. Undefined when nothing was added: then there is none. */
  async publish(signal: AbortSignal): Promise<{ readonly Key: string; readonly Size: number } | undefined> {
    if (this.#writer === undefined && this.#pending === 0) return undefined;
    this.#push('\n]\n');
    await this.#flush();
    await this.#writer?.publish({ signal });
    this.#writer = undefined;
    return { Key: this.key, Size: this.#size };
  }

  /** Leaves nothing behind of what was not published. */
  async abort(): Promise<void> {
    await this.#writer?.abort();
  }

  #push(text: string): void {
    this.#pieces.push(text);
    this.#pending += text.length;
  }

  async #flush(): Promise<void> {
    this.#writer ??= await this.#bucket.create(this.key);
    const bytes = Buffer.from(this.#pieces.join(''));
    this.#pieces = [];
    this.#pending = 0;
    const position = this.#size;
    this.#size += bytes.length;
    await this.#writer.write(position, bytes);
  }
}
