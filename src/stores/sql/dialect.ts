/** What may differ between databases. Shared code asks this and never tests for a database by name. */
export interface Dialect {
  /** Column definition of a number that the database counts up for each new row; it is the primary key. */
  readonly identity: string;
  /** Table option that keeps rows in the order of their primary key, or nothing where there is none. */
  readonly clustered: string;
  /** A condition with one parameter: the column, a JSON array of strings as text, holds that string. */
  readonly holds: (column: string) => string;
  /** Closed executions that one read may walk through; a longer walk is cut into several. */
  readonly walkAtOnce: number;
}

export const sqliteDialect: Dialect = {
  identity: 'integer primary key',
  clustered: 'without rowid',
  holds: (column) => `exists (select 1 from json_each(${column}) as element where element.value = ?)`,
  walkAtOnce: 2_000,
};
