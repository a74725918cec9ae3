import type { State } from './state.ts';

/** The earliest time at which something falls due; at once when a turn has stopped before all was done. */
export function wake({ status, ready, startedAt, due, timers, steps }: State): number | undefined {
  if (status !== 'Running') return undefined;
  if (ready.length > 0) return startedAt;
  const first = timers[0];
  const next = first === undefined ? null : (steps[first]?.due ?? null);
  if (due === null || next === null) return due ?? next ?? undefined;
  return Math.min(due, next);
}
