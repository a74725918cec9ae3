import type { WindDownCommand } from '../commands.ts';
import { finishesFirst } from '../inferred.ts';
import { readyNow } from '../ready-now.ts';
import type { ActiveStep } from '../state.ts';
import { endStopped } from './end.ts';
import type { Run } from './run.ts';

export function windDown({ turn, state }: Run, { error, cause }: WindDownCommand): void {
  if (state.windingDown === undefined) turn.note({ time: turn.now, note: 'winding-down', error, cause });
}

/** Ends an execution that is winding down once nothing in it is at work any more. */
export function endWoundDown(run: Run): void {
  const { state } = run;
  if (state.windingDown === undefined || state.status !== 'Running') return;
  if (readyNow(state) !== undefined || Object.values(state.steps).some(isAtWork)) return;
  endStopped(run, state.windingDown);
}

function isAtWork({ phase, nest }: ActiveStep): boolean {
  return phase === 'nested' ? nest?.kind === 'executions' && nest.running > 0 : finishesFirst(phase);
}
