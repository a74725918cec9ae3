import type { ExecutionName, HistoryEvent } from './events.ts';

/**
 * What became of one sending of a request: the service accepted it, refused it for good, said that it cannot now, or
 * the connection broke before an answer came.
 */
export type Outcome = 'acknowledged' | 'refused' | 'unavailable' | 'lost';

/** One request that must leave exactly one trace, however often it was sent. */
export interface Entry {
  readonly operation: string;
  /** Unique text that the request carries. */
  readonly nonce: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The run it is for, where the sender knows. */
  readonly run?: ExecutionName;
  readonly task?: { readonly scheduledEventId: number; readonly startedEventId: number };
  readonly outcomes: Outcome[];
  /** The body of the last answer, and when it came in epoch milliseconds. */
  answer?: unknown;
  answeredAt?: number;
}

/** A stretch of time in which the service could work; epoch milliseconds. */
export interface Up {
  readonly from: number;
  to: number;
}

export interface SeenExecution extends ExecutionName {
  /** As a list or a description said, while it ran. */
  readonly closeStatus: string;
}

/** Everything the clients of one round know: what they asked, what they were told, what they saw. */
export class Ledger {
  readonly entries: Entry[] = [];
  readonly violations: string[] = [];
  readonly up: Up[] = [];
  readonly closedSeen: SeenExecution[] = [];
  /** Answered at least once, newest last; some are closed by now. */
  readonly runs: ExecutionName[] = [];
  /** What is due this shortly before the service goes, or while it is up no longer, may be left for later. */
  readonly settlingMs: number;
  readonly #seen = new Map<string, Map<number, string>>();
  readonly #workflowIds = new Map<string, string>();
  #nonces = 0;

  constructor(settlingMs: number) {
    this.settlingMs = settlingMs;
  }

  nonce(prefix: string): string {
    return `${prefix}${++this.#nonces}`;
  }

  add(entry: Omit<Entry, 'outcomes'>): Entry {
    const added = { ...entry, outcomes: [] };
    this.entries.push(added);
    return added;
  }

  violation(text: string): void {
    this.violations.push(text);
  }

  knows(run: ExecutionName): void {
    if (this.#workflowIds.has(run.runId)) return;
    this.#workflowIds.set(run.runId, run.workflowId);
    this.runs.push(run);
  }

  /** Events that an answer showed; they may never change afterwards. */
  saw(run: ExecutionName, events: readonly HistoryEvent[]): void {
    this.knows(run);
    let known = this.#seen.get(run.runId);
    if (known === undefined) {
      known = new Map();
      this.#seen.set(run.runId, known);
    }
    for (const event of events) {
      const now = JSON.stringify(event);
      const before = known.get(event.eventId);
      if (before !== undefined && before !== now) {
        this.violation(`event ${event.eventId} of ${run.runId} was ${before} and is ${now}`);
      }
      known.set(event.eventId, now);
    }
  }

  /** Runs of which events were seen, with the highest event id of each. */
  *seen(): Iterable<readonly [runId: string, last: number]> {
    for (const [runId, events] of this.#seen) yield [runId, Math.max(0, ...events.keys())];
  }

  count(outcome: Outcome): number {
    return this.entries.reduce(
      (sum, { outcomes }) => sum + outcomes.filter((each) => each === outcome).length,
      0,
    );
  }
}

/** What the outcomes of all sendings together promise. */
export function promise({ outcomes }: Entry): 'happened' | 'did not happen' | 'unknown' {
  if (outcomes.includes('acknowledged')) return 'happened';
  return outcomes.includes('lost') ? 'unknown' : 'did not happen';
}
