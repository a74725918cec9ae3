import { VersionConflict } from '../../../kernel/errors.ts';
import type { ExecutionDelta, ShardBatch } from '../../../kernel/store.ts';
import type { Script, Value, Write } from '../script.ts';
import { appendJournal, journalRow } from './append-journal.ts';
import { closedRow, closeExecutions } from './close-execution.ts';
import { createdRow, createExecutions } from './create-execution.ts';
import { forgetExecutions } from './forget-execution.ts';
import { internScope } from './intern-scope.ts';
import { snapshotExecutions, snapshotRow } from './snapshot-execution.ts';
import { collectOutbox, noOutboxRows, type OutboxRows, writeOutbox } from './write-outbox.ts';
import { writeRecord } from './write-record.ts';

/** Numbers of scopes seen before, by `scopeKey`; whoever owns it empties it when a commit fails. */
export type ScopeNumbers = Map<string, number>;

const scopeKey = (api: string, scope: string): string => `${api} ${scope}`;

/** Rows of all shards together, one list per statement, so that a batch costs few statements. */
interface Rows {
  readonly created: Value[][];
  readonly journal: Value[][];
  readonly snapshots: Value[][];
  readonly closed: Value[][];
  readonly outbox: OutboxRows;
  readonly forgotten: Value[][];
}

const noRows = (): Rows => ({
  created: [],
  journal: [],
  snapshots: [],
  closed: [],
  outbox: noOutboxRows(),
  forgotten: [],
});

export function* commitBatch(batch: readonly ShardBatch[], scopes: ScopeNumbers): Script<void> {
  const rows = noRows();
  for (const part of batch) {
    const { shard } = part;
    for (const delta of part.executions) {
      if (delta.created !== undefined) rows.created.push(yield* create(shard, delta, scopes));
      collect(shard, delta, rows);
    }
    collectOutbox(part, rows.outbox);
    for (const id of part.forgotten) rows.forgotten.push([shard, id]);
  }
  yield* writeAll([
    createExecutions(rows.created),
    appendJournal(rows.journal),
    snapshotExecutions(rows.snapshots),
    ...closeExecutions(rows.closed),
  ]);
  for (const { shard, records } of batch) for (const delta of records) yield writeRecord(shard, delta);
  yield* writeAll([...writeOutbox(rows.outbox), ...forgetExecutions(rows.forgotten)]);
}

function* create(shard: number, { id, created }: ExecutionDelta, scopes: ScopeNumbers): Script<Value[]> {
  if (created === undefined) return [];
  const key = scopeKey(created.api, created.scope);
  let scopeNumber = scopes.get(key);
  if (scopeNumber === undefined) {
    scopeNumber = yield* internScope(created.api, created.scope);
    scopes.set(key, scopeNumber);
  }
  return createdRow(shard, id, { ...created, scopeNumber });
}

function collect(shard: number, delta: ExecutionDelta, rows: Rows): void {
  const { created, row, snapshot, closed } = delta;
  if ((created === undefined) === (row.version === 1)) {
    throw new VersionConflict(
      `execution ${delta.id} is created by version 1 and by no other, not by ${row.version}`,
    );
  }
  rows.journal.push(journalRow(shard, delta));
  if (closed?.endedAt !== undefined) {
    rows.closed.push(closedRow(shard, delta, { ...closed, endedAt: closed.endedAt }));
  } else if (snapshot !== undefined) {
    rows.snapshots.push(snapshotRow(shard, delta, snapshot));
  }
}

function* writeAll(writes: readonly Write[]): Script<void> {
  for (const write of writes) if (write.rows.length > 0) yield write;
}
