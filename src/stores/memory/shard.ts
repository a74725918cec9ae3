import type { Summary } from '../../kernel/machine.ts';
import type {
  ClosedExecution,
  ExecutionHead,
  JournalRow,
  OpenExecution,
  OutboxRow,
  RecordDelta,
} from '../../kernel/store.ts';

/** What the memory store keeps of one shard. */
export interface Shard {
  readonly executions: Map<string, Execution>;
  /** By collection, then by id. */
  readonly records: Map<string, Map<string, Required<RecordDelta>>>;
  readonly outbox: Map<number, OutboxRow>;
  readonly cursors: Map<number, number>;
}

export interface Execution {
  readonly head: ExecutionHead;
  readonly rows: JournalRow[];
  snapshot?: NonNullable<OpenExecution['snapshot']>;
  closed?: ClosedSummary;
}

export type ClosedSummary = Summary & { readonly endedAt: number };

export const emptyShard = (): Shard => ({
  executions: new Map(),
  records: new Map(),
  outbox: new Map(),
  cursors: new Map(),
});

export const lastVersion = (execution: Execution | undefined): number => execution?.rows.at(-1)?.version ?? 0;

export function toOpen({ head, rows, snapshot }: Execution): OpenExecution {
  if (snapshot === undefined) return { ...head, rows: [...rows] };
  return { ...head, snapshot, rows: rows.filter((row) => row.version > snapshot.version) };
}

export function toClosed({ head, snapshot }: Execution, summary: ClosedSummary): ClosedExecution {
  const { version, nextEvent, state } = snapshot ?? { version: 0, nextEvent: 1, state: 'null' };
  return { ...head, version, eventCount: nextEvent - 1, summary, state };
}
