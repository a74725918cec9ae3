/** What a figure must be: bounds our value itself, or its ratio to what it is compared with. */
export interface Target {
  readonly of: 'value' | 'ratio';
  readonly bound: 'at least' | 'at most';
  readonly limit: number;
}

/** One line of the table: a figure of each round, and what it is compared with in the same round. */
export interface Row {
  readonly what: string;
  readonly ours: readonly number[];
  readonly compared?: { readonly with: string; readonly values: readonly number[] };
  readonly target?: Target;
}

export interface Report {
  readonly rows: readonly Row[];
  /** What was wrong rather than slow; empty in a clean run. */
  readonly problems: readonly string[];
}

/** How a scenario is to run. */
export interface BenchOptions {
  readonly rounds: number;
  /** Length of each measured window. */
  readonly seconds: number;
  /** Says what is going on. */
  readonly say: (text: string) => void;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Ours to theirs, as the ratio of the medians; undefined without a comparison. */
export function ratioOf(row: Row): number | undefined {
  return row.compared && median(row.ours) / median(row.compared.values);
}

/** Whether the target is met; undefined without one. */
export function isMet(row: Row): boolean | undefined {
  if (!row.target) return undefined;
  const figure = row.target.of === 'ratio' ? ratioOf(row) : median(row.ours);
  if (figure === undefined) return undefined;
  return row.target.bound === 'at least' ? figure >= row.target.limit : figure <= row.target.limit;
}
