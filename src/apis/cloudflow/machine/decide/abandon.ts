import type { Failure } from '../failure.ts';
import { abandonment } from '../inferred.ts';
import { nestOf, type State, stepOf } from '../state.ts';
import { stopMapRun } from './map-run-end.ts';
import type { Run } from './run.ts';
import { abandonChild } from './tell.ts';

/** Ends what the branches, iterations and children of a step have started elsewhere, before they are forgotten. */
export function abandonNest(run: Run, id: number): void {
  const step = stepOf(run.state, id);
  if (step.nest !== undefined) abandonWithin(run, id, abandonment());
}

/** Ends what the whole execution has started elsewhere and waits for. */
export function abandonAll(run: Run, reason: Failure): void {
  for (const id of Object.keys(run.state.steps)) abandonOne(run, Number(id), reason);
}

function abandonWithin(run: Run, id: number, reason: Failure): void {
  for (const inner of stepsWithin(run.state, id)) abandonWithin(run, inner, reason);
  abandonOne(run, id, reason);
}

function abandonOne(run: Run, id: number, reason: Failure): void {
  const { task, nest } = stepOf(run.state, id);
  if (task?.mode === 'system' && task.child !== undefined)
    abandonChild(run, { of: id, ...task.child }, reason);
  if (nest?.kind === 'executions') stopMapRun(run, id, reason);
}

function* stepsWithin(state: State, id: number): Iterable<number> {
  const { nest } = stepOf(state, id);
  if (nest === undefined || nest.kind === 'executions') return;
  for (const child of Object.keys(nestOf(stepOf(state, id)).children)) {
    const step = state.scopes[Number(child)]?.step ?? 0;
    if (step !== 0) yield step;
  }
}
