import { closeSync, fstatSync, open as openFile, read as readBytes, write as writeBytes } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { BoundedMap } from '../lib/bounded-map.ts';
import { codeOf } from '../lib/error-code.ts';

// Of files that a directory is full of, objects of `fs/promises` would cost more than all else.
const open = promisify(openFile);
const read = promisify(readBytes);
const write = promisify(writeBytes);

const MOST_AT_ONCE = 4;
const REMEMBERED = 10_000;
/** Characters that wait to be written; with a disk that hangs, what comes beyond them is lost. */
const MOST_WAITING = 64 * 1024 * 1024;

/** Tells of lines that are lost. */
export type Report = (error: Error, lost: { readonly path: string; readonly lines: number }) => void;

interface Waiting {
  lines: string[];
  /** Called when all that waits now is written, or lost. */
  written: (() => void)[];
}

export interface LineFilesOptions {
  readonly report: Report;
  /** Calls once, a moment later: what comes until then is written together. Gives a function that calls it off. */
  readonly soon: (call: () => void) => () => void;
}

/**
 * Appends lines to many files: those of one file in order, what has come in a moment at once, and only a few files at
 * the same time, none of which is kept open.
 */
export class LineFiles {
  readonly #report: Report;
  readonly #soon: LineFilesOptions['soon'];
  /** What more may come for. */
  #gathered = new Map<string, Waiting>();
  #callOff: (() => void) | undefined;
  /** In the order in which they are taken up. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #writing = new Map<string, Promise<void>>();
  /** Whether files, as far as they are known, end with a whole line. */
  readonly #whole = new BoundedMap<string, boolean>(REMEMBERED);
  #characters = 0;
  /** Since there was no room, beside the one that was told of at once. */
  #lost: { readonly path: string; readonly lines: number } | undefined;

  constructor({ report, soon }: LineFilesOptions) {
    this.#report = report;
    this.#soon = soon;
  }

  append(path: string, line: string): void {
    if (this.#characters + line.length > MOST_WAITING) {
      this.#lose(path);
      return;
    }
    this.#characters += line.length;
    this.#waitingAt(path).lines.push(line);
  }

  /** Whether nothing waits for that file and nobody writes it. */
  isQuiet(path: string): boolean {
    return ![this.#gathered, this.#waiting, this.#writing].some((files) => files.has(path));
  }

  /** Whole lines of a file with all that has been appended; none when there is no file. */
  async read(path: string): Promise<readonly string[]> {
    await this.#written(path);
    try {
      return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  /** Resolves once everything appended so far is written, or lost. */
  async flush(): Promise<void> {
    this.#release();
    const paths = [...this.#waiting.keys(), ...this.#writing.keys()];
    await Promise.all(paths.map((path) => this.#written(path)));
  }

  #waitingAt(path: string): Waiting {
    let waiting = this.#waiting.get(path) ?? this.#gathered.get(path);
    if (waiting === undefined) {
      waiting = { lines: [], written: [] };
      this.#gathered.set(path, waiting);
      this.#callOff ??= this.#soon(() => this.#release());
    }
    return waiting;
  }

  /** A file is either gathered for or waiting, so that nothing is overtaken. */
  #release(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    for (const [path, waiting] of this.#gathered) this.#waiting.set(path, waiting);
    this.#gathered = new Map();
    this.#proceed();
  }

  async #written(path: string): Promise<void> {
    if (this.#gathered.has(path)) this.#release();
    const waiting = this.#waiting.get(path);
    if (waiting === undefined) return this.#writing.get(path);
    return new Promise((resolve) => waiting.written.push(resolve));
  }

  #proceed(): void {
    for (const [path, waiting] of this.#waiting) {
      if (this.#writing.size >= MOST_AT_ONCE) return;
      if (this.#writing.has(path)) continue;
      this.#waiting.delete(path);
      this.#writing.set(path, this.#write(path, waiting));
    }
  }

  async #write(path: string, { lines, written }: Waiting): Promise<void> {
    try {
      await this.#appendAll(path, lines.join(''));
    } catch (error) {
      this.#whole.set(path, false);
      this.#report(error as Error, { path, lines: lines.length });
    }
    for (const line of lines) this.#characters -= line.length;
    this.#writing.delete(path);
    this.#tellLost();
    for (const resolve of written) resolve();
    this.#proceed();
  }

  async #appendAll(path: string, text: string): Promise<void> {
    const file = await openForAppending(path);
    try {
      const isWhole = this.#whole.get(path) ?? (await endsWhole(file));
      await writeAll(file, Buffer.from(isWhole ? text : `\n${text}`));
      this.#whole.set(path, true);
    } finally {
      closeSync(file);
    }
  }

  /** The first is told of at once, the others together when there is room again. */
  #lose(path: string): void {
    if (this.#lost === undefined)
      this.#report(new Error('Too many lines wait to be written'), { path, lines: 1 });
    this.#lost = { path, lines: this.#lost === undefined ? 0 : this.#lost.lines + 1 };
  }

  #tellLost(): void {
    const lost = this.#lost;
    this.#lost = undefined;
    if (lost === undefined || lost.lines === 0) return;
    this.#report(new Error('Too many lines waited to be written; this file is one of theirs'), lost);
  }
}

/** Makes the directory where there is none; somebody may remove it, being empty, before the file is there. */
async function openForAppending(path: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(path, 'a+', 0o600);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || attempt > 3) throw error;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    }
  }
}

/** A process that died may have left half a line. */
async function endsWhole(file: number): Promise<boolean> {
  const { size } = fstatSync(file);
  if (size === 0) return true;
  const { buffer } = await read(file, Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

async function writeAll(file: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await write(file, bytes, at, bytes.length - at, null);
    at += bytesWritten;
  }
}
