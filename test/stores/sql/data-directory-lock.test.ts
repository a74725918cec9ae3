import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { openSqliteStore } from '../../../src/stores/sql/sqlite.ts';
import { makeTemporaryDirectory } from '../../support/temporary-directory.ts';

const module = new URL('../../../src/stores/sql/sqlite.ts', import.meta.url);

/** A process that opens the store there, says so, and stays. */
const holderOf = (directory: string) =>
  spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { openSqliteStore } = await import(${JSON.stringify(module)});
       globalThis.store = await openSqliteStore(${JSON.stringify(directory)});
       process.stdin.resume();
       process.stdout.write('open');`,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );

test('one process has a directory at a time; a killed one has it no longer', async (context) => {
  const directory = await makeTemporaryDirectory(context);
  const holder = holderOf(directory.path);
  await once(holder.stdout, 'data');
  const message = `another orrery process (pid ${holder.pid}) uses ${directory.path}`;
  await assert.rejects(openSqliteStore(directory.path), { message });
  await assert.rejects(openSqliteStore(directory.path), { message });
  holder.kill('SIGKILL');
  await once(holder, 'close');
  await (await openSqliteStore(directory.path)).close();
});

test('a directory is held within one process too, until its store is closed', async (context) => {
  const directory = await makeTemporaryDirectory(context);
  const store = await openSqliteStore(directory.path);
  await assert.rejects(openSqliteStore(directory.path), /another orrery process \(pid \d+\) uses/);
  await store.close();
  await (await openSqliteStore(directory.path)).close();
});
