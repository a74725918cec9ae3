import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Unavailable, VersionConflict } from '../../kernel/errors.ts';
import type { Driver, Query, Script, Write } from './script.ts';

/** Statements kept prepared; beyond this many distinct texts (filters combined) all are prepared anew. */
const MOST_PREPARED = 200;

/** SQLite's primary result codes, see https://sqlite.org/rescode.html */
const CONSTRAINT = 19;

/** Synchronous work on the calling thread: no other call comes between the statements of a script. */
export class SqliteDriver implements Driver {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async write<Result>(script: Script<Result>): Promise<Result> {
    try {
      this.#prepare('begin immediate').run();
      const result = this.#play(script);
      this.#prepare('commit').run();
      return result;
    } catch (error) {
      this.#rollBack();
      throw toKernelError(error);
    }
  }

  async read<Result>(script: Script<Result>): Promise<Result> {
    try {
      return this.#play(script);
    } catch (error) {
      throw toKernelError(error);
    }
  }

  async close(): Promise<void> {
    this.#prepared.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #play<Result>(script: Script<Result>): Result {
    let step = script.next([]);
    while (!step.done) {
      const statement = step.value;
      step = script.next('rows' in statement ? this.#write(statement) : this.#ask(statement));
    }
    return step.value;
  }

  #write({ sql, rows, conflict }: Write): readonly unknown[] {
    const statement = this.#prepare(sql);
    try {
      for (const values of rows) {
        const { changes } = statement.run(...values);
        if (conflict !== undefined && changes === 0) throw new VersionConflict(conflict);
      }
    } catch (error) {
      if (conflict === undefined || !isConstraint(error)) throw error;
      throw new VersionConflict(conflict, { cause: error });
    }
    return [];
  }

  #ask({ sql, values }: Query<unknown>): readonly unknown[] {
    return this.#prepare(sql).all(...values);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    if (this.#prepared.size >= MOST_PREPARED) this.#prepared.clear();
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  #rollBack(): void {
    // Some failures have SQLite roll back by itself.
    if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('rollback');
  }
}

/** A constraint broken is a conflict; any other failure of SQLite (full, I/O error, read-only …) may pass. */
function toKernelError(error: unknown): unknown {
  if (!isFailure(error)) return error;
  if (isConstraint(error)) return new VersionConflict(error.message, { cause: error });
  return new Unavailable(`the store failed: ${error.message}`, { cause: error });
}

const isFailure = (error: unknown): error is Error & { readonly errcode: unknown } =>
  error instanceof Error && 'errcode' in error;

const isConstraint = (error: unknown): boolean =>
  isFailure(error) && (Number(error.errcode) & 0xff) === CONSTRAINT;
