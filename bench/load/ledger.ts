import type { Tally } from './tally.ts';

export interface Finished {
  readonly workflowId: string;
  readonly runId: string;
}

/** Who is open: makes sure that every execution started is closed, and closed once. */
export interface Ledger {
  /** Enters an execution that is about to be started; resolves with true when it has closed. */
  open(workflowId: string): Promise<boolean>;
  /** The service has accepted the decision that closes this run. */
  closed(run: Finished): void;
  /** The start was refused. */
  abandon(workflowId: string): void;
  /** Reports every execution that is still open as a problem. */
  reportOpen(): void;
  /** Up to 64 of the runs that closed, spread over the time since the start. */
  sample(): readonly Finished[];
}

const sampleSize = 64;

export function executionLedger(problems: Tally): Ledger {
  const waiting = new Map<string, (closed: boolean) => void>();
  const sample: Finished[] = [];
  let closings = 0;
  return {
    open: (workflowId) => new Promise((resolve) => waiting.set(workflowId, resolve)),
    closed: (run) => {
      const resolve = waiting.get(run.workflowId);
      if (!resolve) return problems.count('closed twice or never started');
      waiting.delete(run.workflowId);
      keep(sample, run, closings++);
      resolve(true);
    },
    abandon: (workflowId) => void waiting.delete(workflowId),
    reportOpen: () => {
      for (const _ of waiting.keys()) problems.count('never closed');
    },
    sample: () => sample,
  };
}

/** Keeps the first runs, then every 97th over the oldest place. */
function keep(sample: Finished[], run: Finished, closings: number): void {
  if (sample.length < sampleSize) sample.push(run);
  else if (closings % 97 === 0) sample[((closings / 97) | 0) % sampleSize] = run;
}
