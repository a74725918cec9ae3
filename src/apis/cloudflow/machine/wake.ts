import { readyNow } from './ready-now.ts';
import type { State } from './state.ts';

/**
 * The earliest time at which something falls due. Where a turn has stopped before all was done that is a moment later,
 * not at once: others have their turn first.
 */
export function wake(state: State): number | undefined {
  const { status, latest, due, timers, steps } = state;
  if (status !== 'Running') return undefined;
  if (readyNow(state) !== undefined) return latest + 1;
  const first = timers[0];
  const next = first === undefined ? null : (steps[first]?.due ?? null);
  if (due === null || next === null) return due ?? next ?? undefined;
  return Math.min(due, next);
}
