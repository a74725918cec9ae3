/** Counts what went wrong, by name. */
export interface Tally {
  count(what: string): void;
  /** `name × times` for each, the most frequent first; empty when nothing went wrong. */
  lines(): readonly string[];
}

export function tally(): Tally {
  const counts = new Map<string, number>();
  return {
    count: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    lines: () => [...counts].sort((a, b) => b[1] - a[1]).map(([what, times]) => `${what} × ${times}`),
  };
}
