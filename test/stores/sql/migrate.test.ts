import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { sqliteDialect } from '../../../src/stores/sql/dialect.ts';
import { migrate, readMigrations } from '../../../src/stores/sql/migrate.ts';
import { openSqliteStore } from '../../../src/stores/sql/sqlite.ts';
import { SqliteDriver } from '../../../src/stores/sql/sqlite-driver.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

const first = { version: 1, sql: 'create table a (x integer);\ncreate table b (x integer);\n' };
const second = {
  version: 2,
  sql: "alter table a add column y text;\ninsert into a values (1, 'moved; on');",
};
const broken = { version: 2, sql: 'create table c (x integer);\nno such statement;' };

const schemaOf = (database: DatabaseSync): unknown =>
  database.prepare(`select value from meta where key = 'schema'`).get()?.value;

test('runs each migration once, in order', async (context) => {
  const database = new DatabaseSync(':memory:');
  const driver = new SqliteDriver(database);
  context.after(() => driver.close());
  await driver.write(migrate([first], 'test'));
  assert.equal(schemaOf(database), '1');
  await driver.write(migrate([first, second], 'test'));
  await driver.write(migrate([first, second], 'test'));
  assert.equal(schemaOf(database), '2');
  assert.deepEqual({ ...database.prepare('select x, y from a').get() }, { x: 1, y: 'moved; on' });
});

test('a migration that fails leaves the schema as it was', async (context) => {
  const database = new DatabaseSync(':memory:');
  const driver = new SqliteDriver(database);
  context.after(() => driver.close());
  await driver.write(migrate([first], 'test'));
  await assert.rejects(driver.write(migrate([first, broken], 'test')), /syntax error/);
  assert.equal(schemaOf(database), '1');
  assert.throws(() => database.prepare('select * from c'), /no such table/);
});

test('refuses a data directory that a newer program has written, and leaves it free', async (context) => {
  const directory = await makeTemporaryDirectory(context);
  await (await openSqliteStore(directory.path)).close();
  const known = readMigrations(sqliteDialect).length;
  const setSchema = (version: number): void => {
    const database = new DatabaseSync(join(directory.path, 'orrery.db'));
    database.prepare(`update meta set value = ? where key = 'schema'`).run(String(version));
    database.close();
  };
  setSchema(known + 3);
  const message = new RegExp(`${directory.path}.* schema version ${known + 3}.* up to ${known}`);
  await assert.rejects(openSqliteStore(directory.path), message);
  setSchema(known);
  await (await openSqliteStore(directory.path)).close();
});
