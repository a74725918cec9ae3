import { readdirSync, readFileSync } from 'node:fs';
import type { Dialect } from './dialect.ts';
import type { Script } from './script.ts';
import { ask } from './script.ts';

export interface Migration {
  /** 1, 2, 3 …: the schema version that this migration leads to. */
  readonly version: number;
  readonly sql: string;
}

/** Statements of one file, in the order of the file; `;` ends one at the end of a line. */
const statementsOf = (sql: string): string[] =>
  sql.split(/;$/m).filter((statement) => statement.trim() !== '');

/** All migrations of this program, in order. */
export function readMigrations(dialect: Dialect): readonly Migration[] {
  const directory = new URL('./migrations/', import.meta.url);
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  return files.map((file, index) => ({
    version: index + 1,
    sql: readFileSync(new URL(file, directory), 'utf8')
      .replaceAll('@identity', dialect.identity)
      .replaceAll('@clustered', dialect.clustered),
  }));
}

/** Brings the schema up to date, all or nothing. Refuses a schema that a newer program has written. */
export function* migrate(migrations: readonly Migration[], name: string): Script<void> {
  yield* execute('create table if not exists meta (key text primary key, value text not null)');
  const [found] = yield* ask<{ value: string }>({
    sql: `select value from meta where key = 'schema'`,
    values: [],
  });
  const from = Number(found?.value ?? 0);
  const to = migrations.length;
  if (from > to) {
    throw new Error(
      `${name} has schema version ${from}, written by a newer orrery; this one knows versions up to ${to}`,
    );
  }
  for (const migration of migrations) {
    if (migration.version <= from) continue;
    for (const statement of statementsOf(migration.sql)) yield* execute(statement);
  }
  yield {
    sql: `insert into meta (key, value) values ('schema', ?) on conflict (key) do update set value = excluded.value`,
    rows: [[String(to)]],
  };
}

/** The key of this installation; `candidate` becomes it if there is none yet. Both as hexadecimal text. */
export function* keepInstallationKey(candidate: string): Script<string> {
  yield {
    sql: `insert into meta (key, value) values ('installation-key', ?) on conflict (key) do nothing`,
    rows: [[candidate]],
  };
  const [found] = yield* ask<{ value: string }>({
    sql: `select value from meta where key = 'installation-key'`,
    values: [],
  });
  return found?.value ?? candidate;
}

function* execute(sql: string): Script<void> {
  yield { sql, rows: [[]] };
}
