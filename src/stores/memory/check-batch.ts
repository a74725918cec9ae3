import { VersionConflict } from '../../kernel/errors.ts';
import type { ExecutionDelta, RecordDelta, ShardBatch } from '../../kernel/store.ts';
import type { Shard } from './shard.ts';
import { lastVersion } from './shard.ts';

/** Throws a `VersionConflict` if any part of the batch does not follow what the shard holds. Changes nothing. */
export function checkBatch(shard: Shard, batch: ShardBatch): void {
  const versions = new Map<string, number>();
  for (const delta of batch.executions) checkExecution(shard, delta, versions);
  const recordVersions = new Map<string, number>();
  for (const delta of batch.records) checkRecord(shard, delta, recordVersions);
  const sequences = new Set<number>();
  for (const { sequence } of batch.sent) {
    if (shard.outbox.has(sequence) || sequences.has(sequence)) {
      throw new VersionConflict(`message ${sequence} is in the outbox already`);
    }
    sequences.add(sequence);
  }
}

/** `versions` holds what earlier deltas of the same batch lead to. */
function checkExecution(shard: Shard, delta: ExecutionDelta, versions: Map<string, number>): void {
  const { id, created, row, snapshot, closed } = delta;
  if ((created === undefined) === (row.version === 1)) {
    throw new VersionConflict(
      `execution ${id} is created by version 1 and by no other, not by ${row.version}`,
    );
  }
  const known = shard.executions.get(id);
  const last = versions.get(id) ?? lastVersion(known);
  if (row.version !== last + 1)
    throw new VersionConflict(`version ${row.version} of execution ${id} follows ${last}`);
  if (known?.closed !== undefined && (snapshot !== undefined || closed !== undefined)) {
    throw new VersionConflict(`execution ${id} is closed`);
  }
  versions.set(id, row.version);
}

function checkRecord(shard: Shard, delta: RecordDelta, versions: Map<string, number>): void {
  const { collection, id, version, document } = delta;
  const key = `${collection} ${id}`;
  const last = versions.get(key) ?? shard.records.get(collection)?.get(id)?.version ?? 0;
  if (version !== last + 1) throw new VersionConflict(`version ${version} of record ${key} follows ${last}`);
  versions.set(key, document === undefined ? 0 : version);
}
