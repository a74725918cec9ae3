import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

/** Events that have other than one line behind their sign, which is their number from `0` on. */
const LINES: Readonly<Record<number, number>> = { 8: 3, 9: 2, 10: 2, 11: 2, 16: 0, 17: 0, 26: 0 };
const EVENT = {
  ...{ reply: 0, done: 1, error: 2, status: 5, listEntry: 8, askHostKey: 9, askPassword: 12 },
  ...{ quotaReceive: 16, quotaSend: 17, ioSize: 26, ioOpen: 27, ioNextBuffer: 28, ioFinalize: 29 },
} as const;
const TOLD: ReadonlySet<number> = new Set([EVENT.reply, EVENT.error, EVENT.status, EVENT.listEntry]);

const SHARED_BYTES = 1 << 20;
const SHARED_FD = 3;

export interface FzAnswer {
  readonly isDone: boolean;
  /** What it has said, listed and complained about. */
  readonly lines: readonly string[];
  readonly names: readonly string[];
}

/**
 * `fzsftp`, the program that FileZilla has its SFTP done by, spoken to as FileZilla does: commands as lines, events back, and contents
 * through a file that both have mapped.
 */
export class Fzsftp {
  readonly #child: ChildProcess;
  readonly #shared: number;
  readonly #password: string;
  #text = Buffer.alloc(0);
  #lines: string[] = [];
  #names: string[] = [];
  #asked = Promise.withResolvers<FzAnswer>();
  /** What the local file has. */
  #local: Buffer[] = [];
  /** How far it has been read. */
  #position = 0;
  #isGetting = false;

  /** Its home is the folder; `password` is typed when it is asked for. */
  private constructor(folder: string, password: string) {
    this.#password = password;
    this.#shared = openSync(join(folder, 'shared.memory'), 'w+');
    ftruncateSync(this.#shared, SHARED_BYTES);
    this.#child = spawn('fzsftp', [], {
      cwd: folder,
      env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' },
      stdio: ['pipe', 'pipe', 'ignore', this.#shared],
    });
    this.#child.once('close', () => this.#settle(false));
    this.#child.stdout?.on('data', (piece: Buffer) => this.#receive(piece));
  }

  static async start(folder: string, password = ''): Promise<Fzsftp> {
    const program = new Fzsftp(folder, password);
    await program.#asked.promise;
    return program;
  }

  /** Names are quoted by `quoted`. */
  async run(command: string): Promise<FzAnswer> {
    this.#lines = [];
    this.#names = [];
    this.#asked = Promise.withResolvers();
    this.#write(command);
    return this.#asked.promise;
  }

  /** `put` or `reput` of a local file with that content. */
  async put(content: Buffer, to: string, command: 'put' | 'reput' = 'put'): Promise<FzAnswer> {
    this.#local = [content];
    this.#isGetting = false;
    return this.run(`${command} "local" ${quoted(to)}`);
  }

  /** `get`, or `reget` of what follows `start`. */
  async get(from: string, start?: Buffer): Promise<Buffer> {
    this.#local = start ? [start] : [];
    this.#isGetting = true;
    const { isDone, lines } = await this.run(`${start ? 'reget' : 'get'} ${quoted(from)} "local"`);
    if (!isDone) throw new Error(lines.join('\n'));
    return Buffer.concat(this.#local);
  }

  [Symbol.dispose](): void {
    this.#child.kill();
    closeSync(this.#shared);
  }

  #write(line: string): void {
    (this.#child.stdin as Writable).write(`${line}\n`);
  }

  #settle(isDone: boolean): void {
    this.#asked.resolve({ isDone, lines: this.#lines, names: this.#names });
  }

  #receive(piece: Buffer): void {
    this.#text = Buffer.concat([this.#text, piece]);
    while (this.#text.length > 0) {
      const event = (this.#text[0] ?? 0) - 0x30;
      let end = 1;
      const lines: string[] = [];
      for (let left = LINES[event] ?? 1; left > 0; left--) {
        const at = this.#text.indexOf('\n', end);
        if (at < 0) return;
        lines.push(this.#text.toString('utf8', end, at));
        end = at + 1;
      }
      this.#text = this.#text.subarray(end);
      this.#heed(event, lines);
    }
  }

  #heed(event: number, lines: readonly string[]): void {
    const [line = '', , name = ''] = lines;
    if (TOLD.has(event)) this.#lines.push(line);
    if (event === EVENT.listEntry) this.#names.push(name);
    if (event === EVENT.reply || event === EVENT.done) this.#settle(event === EVENT.reply || line === '1');
    const answer = this.#answers[event]?.(line);
    if (answer !== undefined) this.#write(answer);
  }

  readonly #answers: Readonly<Record<number, (line: string) => string>> = {
    [EVENT.askHostKey]: () => 'y',
    [EVENT.askPassword]: () => this.#password,
    // There is no limit.
    [EVENT.quotaReceive]: () => '-0-',
    [EVENT.quotaSend]: () => '-1-',
    [EVENT.ioSize]: () => `-${this.#size}`,
    [EVENT.ioOpen]: (offset) => {
      this.#position = Number(offset);
      return `-${SHARED_FD} ${SHARED_BYTES} ${this.#size}`;
    },
    [EVENT.ioNextBuffer]: (filled) => (this.#isGetting ? this.#emptied(Number(filled)) : this.#filled()),
    [EVENT.ioFinalize]: (filled) => {
      this.#emptied(Number(filled));
      return '-1';
    },
  };

  get #size(): number {
    return this.#local.reduce((sum, { length }) => sum + length, 0);
  }

  #filled(): string {
    const [content = Buffer.alloc(0)] = this.#local;
    const piece = content.subarray(this.#position, this.#position + SHARED_BYTES);
    this.#position += piece.length;
    writeSync(this.#shared, piece, 0, piece.length, 0);
    return piece.length === 0 ? '-' : `-0 ${piece.length}`;
  }

  #emptied(length: number): string {
    const piece = Buffer.alloc(length);
    readSync(this.#shared, piece, 0, length, 0);
    this.#local.push(piece);
    return `-0 ${SHARED_BYTES}`;
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
