import { effectKey, mapChildKey } from '../keys.ts';
import { type ActiveStep, type MapRun, nestOf, type State, stepOf } from '../state.ts';
import { unready } from './ready.ts';
import { setDue } from './timers.ts';

/** Forgets a step and all that runs in it. */
export function removeStep(state: State, id: number): void {
  stopWork(state, id);
  delete state.steps[id];
}

/** What the step does or waits for is over, with all that runs in it; the step itself is still active. */
export function stopWork(state: State, id: number): void {
  const step = stepOf(state, id);
  endTask(state, id);
  if (step.nest !== undefined) removeNest(state, id, step);
}

/** The attempt that the step makes is over, but not what runs in it. */
export function endTask(state: State, id: number): void {
  const step = stepOf(state, id);
  if (step.due !== null) setDue(state, id, null);
  if (step.task !== undefined) {
    delete state.effects[effectKey(id, step.attempts)];
    delete step.task;
  }
  step.phase = 'entered';
}

function removeNest(state: State, id: number, step: ActiveStep): void {
  const nest = nestOf(step);
  if (nest.isReady) unready(state, id);
  for (const child of Object.keys(nest.children).map(Number)) {
    if (nest.kind === 'executions') delete state.effects[mapChildKey(id, step.attempts, child)];
    else removeScope(state, child);
  }
  delete step.nest;
}

function removeScope(state: State, id: number): void {
  const scope = state.scopes[id];
  if (scope === undefined) return;
  if (scope.step === 0) unready(state, id);
  else removeStep(state, scope.step);
  delete state.scopes[id];
}

/** Items that have not ended never will. */
export function endMapRun(run: MapRun, status: MapRun['status'], time: number): void {
  const { counts } = run;
  run.status = status;
  run.stoppedAt = time;
  delete run.notStarted;
  counts.aborted += counts.pending + counts.running;
  counts.pending = 0;
  counts.running = 0;
}
