/** What a column holds and a parameter takes. */
export type Value = string | number | Uint8Array | null;

/** Reads rows; columns are named as the fields of `Row`. Parameters are written `?`. */
export interface Query<Row> {
  readonly sql: string;
  readonly values: readonly Value[];
  /** Never set: it only carries the type of a row. */
  readonly row?: Row;
}

/** Writes the same way for each element of `rows`; a driver may send them all at once. */
export interface Write {
  readonly sql: string;
  readonly rows: readonly (readonly Value[])[];
  /** Every row must change something and break no constraint, or the script fails with a `VersionConflict` that says this. */
  readonly conflict?: string;
}

/**
 * Statements in order, with the logic between them, whether the driver answers at once or over a network:
 * a script yields what it wants done and goes on with the rows found.
 */
export type Script<Result> = Generator<Query<unknown> | Write, Result, readonly unknown[]>;

export function* ask<Row>(query: Query<Row>): Script<readonly Row[]> {
  return (yield query) as readonly Row[];
}

/** Runs scripts against one database. */
export interface Driver {
  /** One transaction: nothing of it stays if it fails. Resolves when durable; fails with `Unavailable` or `VersionConflict`. */
  write<Result>(script: Script<Result>): Promise<Result>;
  /** Sees one moment of the database throughout. */
  read<Result>(script: Script<Result>): Promise<Result>;
  close(): Promise<void>;
}
