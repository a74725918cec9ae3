import type { ExecutionDelta, RecordDelta, ShardBatch } from '../../kernel/store.ts';
import type { ClosedSummary, Execution, Shard } from './shard.ts';

/** Carries out a batch that has been checked. */
export function applyBatch(shard: Shard, batch: ShardBatch): void {
  for (const delta of batch.executions) applyExecution(shard, delta);
  for (const delta of batch.records) applyRecord(shard, delta);
  for (const row of batch.sent) shard.outbox.set(row.sequence, row);
  for (const sequence of batch.delivered) shard.outbox.delete(sequence);
  for (const { source, sequence } of batch.cursors) shard.cursors.set(source, sequence);
  for (const id of batch.forgotten) shard.executions.delete(id);
}

function applyExecution(shard: Shard, delta: ExecutionDelta): void {
  const execution = executionOf(shard, delta);
  if (execution === undefined) return;
  const { row, snapshot, closed } = delta;
  execution.rows.push(row);
  if (snapshot !== undefined) {
    execution.snapshot = {
      version: row.version,
      time: row.time,
      nextEvent: row.firstEvent + row.eventCount,
      state: snapshot,
    };
  }
  // A copy: the summary may share parts with a state that goes on living.
  if (closed !== undefined) execution.closed = JSON.parse(JSON.stringify(closed)) as ClosedSummary;
}

function executionOf(shard: Shard, { id, created }: ExecutionDelta): Execution | undefined {
  if (created === undefined) return shard.executions.get(id);
  const execution: Execution = { head: { id, ...created }, rows: [] };
  shard.executions.set(id, execution);
  return execution;
}

function applyRecord(shard: Shard, { collection, id, version, document }: RecordDelta): void {
  if (document === undefined) {
    shard.records.get(collection)?.delete(id);
    return;
  }
  const known = shard.records.get(collection) ?? new Map<string, Required<RecordDelta>>();
  known.set(id, { collection, id, version, document });
  shard.records.set(collection, known);
}
