import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BoundedMap } from '../lib/bounded-map.ts';
import { codeOf } from '../lib/error-code.ts';

/** Files written in one go, some 10 ms at most; the others wait for the next. */
const MOST_AT_ONCE = 500;
/** Characters that wait at most: then all is written. */
const MOST_WAITING = 4 * 1024 * 1024;
const REMEMBERED = 10_000;
const NEWLINE = 0x0a;

/** Tells of lines that are lost. */
export type Report = (error: Error, lost: { readonly path: string; readonly lines: number }) => void;

export interface LineFilesOptions {
  readonly report: Report;
  /** Calls once, a moment later: what comes until then is written together. Gives a function that calls it off. */
  readonly soon: (call: () => void) => () => void;
}

/**
 * Appends lines to many files, none of which is kept open: those of one file in order, and at once what has come in a moment. It is
 * written synchronously, since to hand a few hundred bytes to a thread takes several times as long as to write them.
 */
export class LineFiles {
  readonly #report: Report;
  readonly #soon: LineFilesOptions['soon'];
  /** Lines by the path of their file. */
  readonly #gathered = new Map<string, string[]>();
  #characters = 0;
  #callOff: (() => void) | undefined;
  /** Whether files, as far as they are known, end with a whole line. */
  readonly #whole = new BoundedMap<string, boolean>(REMEMBERED);

  constructor({ report, soon }: LineFilesOptions) {
    this.#report = report;
    this.#soon = soon;
  }

  append(path: string, line: string): void {
    const lines = this.#gathered.get(path);
    if (lines === undefined) this.#gathered.set(path, [line]);
    else lines.push(line);
    this.#characters += line.length;
    if (this.#characters >= MOST_WAITING) this.flush();
    else this.#callOff ??= this.#soon(() => this.#writeSome());
  }

  /** Whether nothing waits for that file. */
  isQuiet(path: string): boolean {
    return !this.#gathered.has(path);
  }

  /** Whole lines of a file with all that has been appended; none when there is no file. */
  async read(path: string): Promise<readonly string[]> {
    this.#write(path);
    try {
      return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  /** Everything appended so far is written, or lost. */
  flush(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    for (const path of this.#gathered.keys()) this.#write(path);
  }

  #writeSome(): void {
    this.#callOff = undefined;
    for (const path of this.#gathered.keys().take(MOST_AT_ONCE)) this.#write(path);
    if (this.#gathered.size > 0) this.#callOff = this.#soon(() => this.#writeSome());
  }

  #write(path: string): void {
    const lines = this.#gathered.get(path);
    if (lines === undefined) return;
    this.#gathered.delete(path);
    const text = lines.join('');
    this.#characters -= text.length;
    try {
      this.#append(path, text);
      this.#whole.set(path, true);
    } catch (error) {
      this.#whole.set(path, false);
      this.#report(error as Error, { path, lines: lines.length });
    }
  }

  #append(path: string, text: string): void {
    const file = openForAppending(path);
    try {
      const isWhole = this.#whole.get(path) ?? endsWhole(file);
      const bytes = Buffer.from(isWhole ? text : `\n${text}`);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    } finally {
      closeSync(file);
    }
  }
}

/** Makes the directory where there is none. */
function openForAppending(path: string): number {
  try {
    return openSync(path, 'a+', 0o600);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, 'a+', 0o600);
  }
}

/** A process that died may have left half a line. */
function endsWhole(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last[0] === NEWLINE);
}
