import type { HistoryTail } from './history-cache.ts';
import type { AnyMachine, Identity, Summary } from './machine.ts';
import type { JournalRow, OpenExecution } from './store.ts';
import type { Task } from './task-queue.ts';
import type { Timer } from './timers.ts';

/** An execution in its shard's memory. Only the shard changes it. */
export interface LiveExecution {
  readonly identity: Identity;
  readonly shard: number;
  readonly machine: AnyMachine;
  state: unknown;
  /** Commits written so far. */
  version: number;
  nextEvent: number;
  /** Time of the last command applied. */
  lastTime: number;
  /** Set once it is closed; it leaves the memory when that is durable. */
  closed: Summary | undefined;
  /** True once its memory is not to be trusted or used any more. */
  isGone: boolean;
  /** Changes that no batch has taken yet. */
  delta: Delta | undefined;
  /** True while nothing is done for it of its own accord, because its machine failed a short while ago. */
  isResting: boolean;
  /** What it offers, by key. */
  readonly tasks: Map<string, Task<LiveExecution>>;
  /** Tasks it offers no more, but whose taker had left before the answer: they wait for the next one. */
  readonly handedBack: Set<Task<LiveExecution>>;
  /** What runs for it, by the effect's key. */
  readonly effects: Map<string, RunningEffect>;
  readonly timer: Timer;
  readonly tail: HistoryTail;
  readonly snapshots: SnapshotPace;
}

/** Work for an effect, as long as it goes on or its outcome waits to be durable. */
export interface RunningEffect {
  /** Its outcome is not wanted; to be called any number of times. */
  end(reason?: unknown): void;
}

/** Journal text since the last snapshot against the snapshot's own size: says when the next one pays. */
export interface SnapshotPace {
  journalBytes: number;
  snapshotBytes: number;
}

export interface Delta {
  readonly created: boolean;
  readonly firstEvent: number;
  /** JSON texts, of one event or of several with commas between. */
  readonly events: string[];
  eventCount: number;
  readonly notes: string[];
}

const SMALLEST_JOURNAL_WORTH_A_SNAPSHOT = 64 * 1024;
const JOURNAL_PER_SNAPSHOT = 4;

/** Writing a snapshot each time the journal has grown by a multiple of it keeps both recovery and writing linear. */
export function wantsSnapshot(pace: SnapshotPace): boolean {
  return (
    pace.journalBytes > SMALLEST_JOURNAL_WORTH_A_SNAPSHOT &&
    pace.journalBytes > pace.snapshotBytes * JOURNAL_PER_SNAPSHOT
  );
}

/** True once its end is written; until then it is to be found in memory. */
export function isDurablyClosed(execution: LiveExecution): boolean {
  return execution.closed !== undefined && execution.delta === undefined;
}

/** The state that a stored execution's snapshot and later rows add up to. */
export function foldStored(machine: AnyMachine, stored: Pick<OpenExecution, 'snapshot' | 'rows'>): unknown {
  const state = stored.snapshot === undefined ? machine.initial() : JSON.parse(stored.snapshot.state);
  for (const row of stored.rows) foldRow(machine, state, row);
  return state;
}

function foldRow(machine: AnyMachine, state: unknown, row: JournalRow): void {
  const events = JSON.parse(row.events) as unknown[];
  const notes = row.notes === undefined ? [] : (JSON.parse(row.notes) as [number, unknown][]);
  let nextNote = 0;
  for (let place = 0; place <= events.length; place++) {
    for (; notes[nextNote]?.[0] === place; nextNote++) machine.evolve(state, notes[nextNote]?.[1], 0);
    if (place < events.length) machine.evolve(state, events[place], row.firstEvent + place);
  }
}
