import { type Delta, type LiveExecution, wantsSnapshot } from './live-execution.ts';
import type { ExecutionDelta, JournalRow } from './store.ts';

/** Takes an execution's pending changes out of memory as one version, with a snapshot where one pays. */
export function drainExecution(execution: LiveExecution): ExecutionDelta {
  const delta = execution.delta as Delta;
  // A state that broke off half-way is not to be written; what came before it is.
  const closed = execution.isGone ? undefined : execution.closed;
  execution.delta = undefined;
  execution.version++;
  const row = toRow(execution, delta);
  const snapshot = snapshotWith(execution, row);
  return {
    id: execution.identity.id,
    row,
    ...(delta.created && { created: createdBy(execution) }),
    ...(snapshot !== undefined && { snapshot }),
    ...(closed !== undefined && { closed }),
  };
}

function toRow(execution: LiveExecution, delta: Delta): JournalRow {
  const row = {
    version: execution.version,
    time: execution.lastTime,
    firstEvent: delta.firstEvent,
    eventCount: delta.eventCount,
    events: arrayText(delta.events),
  };
  return delta.notes.length === 0 ? row : { ...row, notes: arrayText(delta.notes) };
}

/** Uses the texts up. The brackets go into the join, which else would be copied once more when it is read. */
function arrayText(texts: string[]): string {
  const last = texts.length - 1;
  if (last < 0) return '[]';
  texts[0] = `[${texts[0]}`;
  texts[last] = `${texts[last]}]`;
  return texts.join(',');
}

function createdBy({ identity: { api, scope, name, startedAt } }: LiveExecution) {
  return { api, scope, name, startedAt };
}

function snapshotWith(execution: LiveExecution, row: JournalRow): string | undefined {
  const pace = execution.snapshots;
  pace.journalBytes += row.events.length + (row.notes?.length ?? 0);
  if (execution.isGone || (execution.closed === undefined && !wantsSnapshot(pace))) return undefined;
  const snapshot = JSON.stringify(execution.state);
  pace.journalBytes = 0;
  pace.snapshotBytes = snapshot.length;
  return snapshot;
}
