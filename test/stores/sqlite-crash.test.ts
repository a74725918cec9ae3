import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Store } from '../../src/kernel/store.ts';
import { openSqliteStore } from '../../src/stores/sql/sqlite.ts';
import { EXECUTIONS, SHARDS } from '../support/commit-forever.ts';
import { loadAll } from '../support/deltas.ts';
import { makeTemporaryDirectory } from '../support/temporary-directory.ts';

const ROUNDS = 4;
const child = fileURLToPath(new URL('../support/commit-forever.ts', import.meta.url));

/** Runs the writer until it has acknowledged that many commits, kills it, and gives the last one acknowledged. */
async function killAfter(directory: string, commits: number): Promise<number> {
  const writer = spawn(process.execPath, [child, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => writer.once('close', resolve));
  let acknowledged = 0;
  let seen = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged = Number(line);
    seen++;
    if (seen === commits) writer.kill('SIGKILL');
  }
  await ended;
  assert.equal(writer.signalCode, 'SIGKILL');
  return acknowledged;
}

/** The version that all executions have; fails if they differ, or if an execution's rows have gaps. */
async function commonVersion(store: Store): Promise<number> {
  const versions = new Set<number>();
  let executions = 0;
  for (const each of await loadAll(store, SHARDS)) {
    if (each.kind === 'cursor') versions.add(each.cursor.sequence);
    if (each.kind !== 'execution') continue;
    executions++;
    const { rows } = each.execution;
    assert.deepEqual(
      rows.map(({ version }) => version),
      rows.map((_, index) => index + 1),
    );
    versions.add(rows.length);
  }
  assert.equal(executions, EXECUTIONS * SHARDS.length);
  assert.equal(versions.size, 1, `one commit wrote everything or nothing: ${[...versions]}`);
  return Math.max(...versions);
}

test('a killed process loses no acknowledged commit and leaves none half written', async (context) => {
  const directory = await makeTemporaryDirectory(context);
  for (let round = 1; round <= ROUNDS; round++) {
    const acknowledged = await killAfter(directory.path, round * 37);
    const store = await openSqliteStore(directory.path);
    const version = await commonVersion(store);
    await store.close();
    assert.ok(version >= acknowledged, `acknowledged ${acknowledged}, stored ${version}`);
  }
});
