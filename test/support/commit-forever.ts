import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../src/stores/sql/sqlite.ts';
import { batchOf, creation, loadAll, rowOf } from './deltas.ts';

/** Executions of each shard; every commit writes to all of them. */
export const EXECUTIONS = 5;
export const SHARDS = [0, 1, 200];

/** Goes on where an earlier run was killed, and prints the version that each commit has brought all executions to. */
async function commitForever(directory: string): Promise<never> {
  const store = await openSqliteStore(directory);
  const [found] = await loadAll(store, SHARDS);
  const last = found?.kind === 'execution' ? found.execution.rows.length : 0;
  for (let version = last + 1; ; version++) {
    await store.commit(
      SHARDS.map((shard) =>
        batchOf(shard, { executions: deltas(shard, version), cursors: [{ source: 0, sequence: version }] }),
      ),
    );
    writeSync(1, `${version}\n`);
  }
}

const deltas = (shard: number, version: number) =>
  Array.from({ length: EXECUTIONS }, (_, index) => {
    const id = `${shard}-${index}`;
    return version === 1 ? creation(id) : { id, row: rowOf(version, version, 1) };
  });

const [, script, directory] = process.argv;
if (script === import.meta.filename && directory !== undefined) await commitForever(directory);
