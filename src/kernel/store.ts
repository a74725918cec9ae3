import type { Summary } from './machine.ts';

/** What a store must do. `shard` leads every key; nothing here is atomic across two shards. */
export interface Store {
  /** 32 random bytes, made when the store is first opened and the same ever after. */
  readonly installationKey: Buffer;
  /**
   * Writes each shard's part atomically; resolves when all of it is durable. Rejects with nothing of it written:
   * `VersionConflict` when a part does not follow what is stored, `Unavailable` when the store cannot write now.
   */
  commit(batch: readonly ShardBatch[]): Promise<void>;
  /**
   * Everything that must be in memory to own these shards: open executions, records, messages (by sequence), cursors.
   * Each shard is seen at one moment.
   */
  load(shards: readonly number[]): AsyncIterable<Loaded>;
  /** One execution, open or closed; undefined if there is none or it is forgotten. */
  readExecution(shard: number, id: string): Promise<StoredExecution | undefined>;
  /** Journal rows that hold events `from..to` (inclusive, either may lie inside a row), in ascending order. */
  readHistory(query: HistoryQuery): Promise<readonly JournalRow[]>;
  /** Closed executions that match, by time in the query's order; among equal times by id in the same order. */
  listClosed(query: ClosedQuery): Promise<readonly ClosedExecution[]>;
  countClosed(query: ClosedFilter): Promise<number>;
  /** Closed executions whose `expiresAt` is `now` or before, oldest first. */
  expired(now: number, limit: number): Promise<readonly { readonly shard: number; readonly id: string }[]>;
  /** Scopes that hold or held executions; for listings over all of them. */
  scopes(): Promise<readonly { readonly api: string; readonly scope: string }[]>;
  /** Writes and removes something small; rejects while the store cannot write. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** What one shard changed since its last commit. Applied in the order of the fields. */
export interface ShardBatch {
  readonly shard: number;
  readonly executions: readonly ExecutionDelta[];
  readonly records: readonly RecordDelta[];
  /** Messages that leave this shard; `sequence` ascends within the shard, without reuse. */
  readonly sent: readonly OutboxRow[];
  /** Sequences of messages that their receivers have made durable: to be removed from this shard's outbox. */
  readonly delivered: readonly number[];
  /** Highest sequence applied so far from each source shard. */
  readonly cursors: readonly Cursor[];
  /** Closed executions to remove with all their rows. */
  readonly forgotten: readonly string[];
}

/** One execution's changes in one batch: one journal row, and the execution row where needed. */
export interface ExecutionDelta {
  readonly id: string;
  /** Set on an execution's first delta. */
  readonly created?: {
    readonly api: string;
    readonly scope: string;
    readonly name: string;
    readonly startedAt: number;
  };
  readonly row: JournalRow;
  /** The state as JSON after this delta, written into the execution row; recovery folds the journal rows after it. */
  readonly snapshot?: string;
  /** Set with `snapshot` on the delta that closes the execution; `endedAt` is set in it. */
  readonly closed?: Summary;
}

/** Version is the count of commits of one execution: 1, 2, 3 …; a second row with the same version is refused. */
export interface JournalRow {
  readonly version: number;
  /** When the last command in it was applied, in epoch milliseconds. */
  readonly time: number;
  /** Id of the first event in this row, or of the next one to come if it holds none. */
  readonly firstEvent: number;
  readonly eventCount: number;
  /** A JSON array of the events, as text. */
  readonly events: string;
  /** JSON array of `[eventsBefore, note]`: what changed the state beside the events, and where among them. */
  readonly notes?: string;
}

export interface OutboxRow {
  readonly sequence: number;
  readonly targetShard: number;
  /** JSON of the message and its sender. */
  readonly message: string;
}

export interface Cursor {
  readonly source: number;
  readonly sequence: number;
}

/** `document` absent removes the record. `version` is the one written; the one before it must be in the store. */
export interface RecordDelta {
  readonly collection: string;
  readonly id: string;
  readonly version: number;
  readonly document?: string;
}

export type Loaded =
  | { readonly kind: 'execution'; readonly shard: number; readonly execution: OpenExecution }
  | { readonly kind: 'record'; readonly shard: number; readonly record: Required<RecordDelta> }
  | { readonly kind: 'message'; readonly shard: number; readonly row: OutboxRow }
  | { readonly kind: 'cursor'; readonly shard: number; readonly cursor: Cursor };

export interface ExecutionHead {
  readonly id: string;
  readonly api: string;
  readonly scope: string;
  readonly name: string;
  readonly startedAt: number;
}

export interface OpenExecution extends ExecutionHead {
  readonly snapshot?: {
    readonly version: number;
    readonly time: number;
    readonly nextEvent: number;
    readonly state: string;
  };
  /** Rows after the snapshot, or all rows without one; ascending, never empty without a snapshot. */
  readonly rows: readonly JournalRow[];
}

export interface ClosedExecution extends ExecutionHead {
  readonly version: number;
  readonly eventCount: number;
  readonly summary: Summary & { readonly endedAt: number };
  readonly state: string;
}

export type StoredExecution =
  | ({ readonly open: true } & OpenExecution)
  | ({ readonly open: false } & ClosedExecution);

export interface HistoryQuery {
  readonly shard: number;
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** All given conditions must hold. Times are epoch milliseconds, inclusive. Expired executions never match. */
export interface ClosedFilter {
  readonly api: string;
  readonly scope: string;
  readonly now: number;
  readonly timeOf: 'started' | 'ended';
  readonly since?: number;
  readonly until?: number;
  readonly name?: string;
  readonly type?: string;
  readonly typeVersion?: string;
  readonly tag?: string;
  readonly status?: string;
  readonly vendorStatus?: string;
}

export interface ClosedQuery extends ClosedFilter {
  readonly order: 'newest' | 'oldest';
  readonly limit: number;
  /** Continue behind this place: the time that `timeOf` names and the id of the last execution seen. */
  readonly after?: { readonly time: number; readonly id: string };
}
