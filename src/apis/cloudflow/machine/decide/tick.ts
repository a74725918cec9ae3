import { timeoutErrorName } from '../inferred.ts';
import { stepOf } from '../state.ts';
import { advance } from './advance.ts';
import { endTimedOut } from './end.ts';
import type { Run } from './run.ts';
import { failTask } from './task.ts';
import { attempt, succeed } from './work.ts';

/** Makes all that is due happen, in the order in which it fell due, and goes on with what others were let before. */
export function tick(run: Run): void {
  const { state, turn } = run;
  while (state.status === 'Running') {
    const id = state.timers[0];
    const due = (id === undefined ? undefined : state.steps[id]?.due) ?? Number.POSITIVE_INFINITY;
    if (state.due !== null && state.due <= Math.min(turn.now, due)) {
      endTimedOut(run);
      return;
    }
    if (id === undefined || due > turn.now) return;
    fire(run, id);
    advance(run);
  }
}

function fire(run: Run, id: number): void {
  const step = stepOf(run.state, id);
  switch (step.phase) {
    case 'waiting':
      succeed(run, id, run.dialect.waitResult(run, id));
      return;
    case 'pausing':
      resume(run, id);
      return;
    default:
      timeOut(run, id);
  }
}

function resume(run: Run, id: number): void {
  attempt(
    run,
    () => id,
    () => run.dialect.resume(run, id),
  );
}

function timeOut(run: Run, id: number): void {
  const cause = 'The task has not ended in its time.';
  const failure = { error: timeoutErrorName(run.plan.language), cause };
  failTask(run, id, { type: 'TaskTimedOut', failure });
}
