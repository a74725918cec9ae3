import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import type { UsedNonce } from '../wire/signatures/alibaba.ts';
import type { Log } from './log.ts';

const FLUSH_AFTER_MS = 20;
/** Lines of one file, after which the next begins; the one before is kept. */
const LINES_OF_FILE = 200_000;

export interface NonceLogOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What is remembered of signatures beyond the end of the process. Written in the background and without fsync: a process
 * that is killed loses the last milliseconds of it, and a machine without power seconds.
 */
export class NonceLog {
  /** Those that were still good when the log was opened, oldest first. */
  readonly restored: readonly UsedNonce[];
  readonly #options: NonceLogOptions;
  readonly #path: string;
  #file: FileHandle | undefined;
  #pending: UsedNonce[] = [];
  #written: number;
  #disarm: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(options: NonceLogOptions) {
    this.#options = options;
    this.#path = join(options.directory, 'nonces');
    this.restored = readBoth(this.#path).filter(({ until }) => until > options.clock.now());
    this.#written = this.restored.length;
    try {
      rewrite(this.#path, this.restored.map(lineOf).join(''));
    } catch (error) {
      this.#failed(error);
    }
  }

  add(nonce: UsedNonce): void {
    this.#pending.push(nonce);
    const { clock } = this.#options;
    this.#disarm ??= clock.at(clock.now() + FLUSH_AFTER_MS, () => this.#flush());
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    this.#flush();
    await this.#writing;
    await this.#file?.close();
  }

  #flush(): void {
    this.#disarm?.();
    this.#disarm = undefined;
    const nonces = this.#pending;
    this.#pending = [];
    if (nonces.length > 0) this.#writing = this.#writing.then(() => this.#append(nonces));
  }

  async #append(nonces: readonly UsedNonce[]): Promise<void> {
    try {
      if (this.#written >= LINES_OF_FILE) await this.#beginNext();
      this.#file ??= await open(this.#path, 'a', 0o600);
      await this.#file.appendFile(nonces.map(lineOf).join(''));
      this.#written += nonces.length;
      this.#isFailing = false;
    } catch (error) {
      this.#failed(error);
    }
  }

  /** A disk that is full costs the protection after a restart, and no start or answer. */
  #failed(error: unknown): void {
    if (!this.#isFailing) this.#options.log.warn({ err: error }, 'used nonces cannot be written');
    this.#isFailing = true;
  }

  async #beginNext(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    await rename(this.#path, beforeOf(this.#path));
    this.#written = 0;
  }
}

const beforeOf = (path: string): string => `${path}.before`;

/** Begins with the end of the line before, which may not have been written whole. */
const lineOf = ({ keyId, nonce, until }: UsedNonce): string => `\n${until} ${keyId} ${JSON.stringify(nonce)}`;

const readBoth = (path: string): UsedNonce[] => [beforeOf(path), path].flatMap(readFile);

function readFile(path: string): UsedNonce[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return [...text.matchAll(/^(\d+) (\S+) ("(?:[^"\\]|\\.)*")$/gm)].map(
    ([, until, keyId = '', nonce = '""']) => ({
      until: Number(until),
      keyId,
      nonce: JSON.parse(nonce) as string,
    }),
  );
}

/** In one step, so that nothing is lost should this fail or be interrupted. */
function rewrite(path: string, text: string): void {
  const fresh = `${path}.new`;
  const descriptor = openSync(fresh, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(fresh, path);
  rmSync(beforeOf(path), { force: true });
}
