import { earlier } from './deadlines.ts';
import type { SwfState } from './state.ts';

/** The earliest time at which something of this execution falls due. */
export function wake(state: SwfState): number | undefined {
  const { open, decision } = state;
  if (state.close !== null) return undefined;
  let due = state.due;
  if (decision !== null) due = earlier(due, decision.due);
  if (open.activities > 0) due = earliest(due, state.activities);
  if (open.timers > 0) due = earliest(due, state.timers);
  if (open.lambdas > 0) due = earliest(due, state.lambdas);
  return due ?? undefined;
}

function earliest(
  due: number | null,
  record: Readonly<Record<string, { readonly due: number | null }>>,
): number | null {
  let first = due;
  for (const key in record) first = earlier(first, record[key]?.due ?? null);
  return first;
}
