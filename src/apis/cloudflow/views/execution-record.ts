import type { ExecutionDetails, ExecutionReference, ExecutionSnapshot } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { stateOf } from '../executions.ts';
import type { ActiveStep, State } from '../machine/state.ts';
import { tellWaits } from './waits.ts';

/** What Orrery's own API tells of an execution; everything is in its state. */
export async function describeExecution(
  { clock }: Cloudflow,
  snapshot: ExecutionSnapshot,
): Promise<ExecutionDetails> {
  const state = stateOf(snapshot);
  return {
    run: snapshot.identity.id,
    input: state.input,
    ...outcomeOf(state),
    progress: { done: state.stepsDone, total: null, unit: 'steps' },
    open: openOf(state),
    waitingFor: tellWaits(state, clock.now()),
    parent: parentOf(state),
    children: childrenOf(state),
  };
}

function outcomeOf({ outcome }: State): Pick<ExecutionDetails, 'output' | 'error'> {
  if (outcome === undefined) return { output: null, error: null };
  if (outcome.ok) return { output: JSON.stringify(outcome.output), error: null };
  return { output: null, error: { type: outcome.error, message: outcome.cause } };
}

function openOf({ steps }: State): ExecutionDetails['open'] {
  const open = { decisions: 0, activities: 0, timers: 0, children: 0 };
  for (const { phase, task, nest } of Object.values(steps)) {
    if (phase === 'waiting' || phase === 'pausing') open.timers += 1;
    if (task?.child !== undefined) open.children += 1;
    else if (phase === 'calling' || phase === 'awaiting') open.activities += 1;
    if (nest?.kind === 'executions') open.children += nest.running;
  }
  return open;
}

function parentOf({ callback }: State): ExecutionReference | null {
  return callback === undefined ? null : { id: callback.executionId, name: callback.executionName };
}

/** Children of map runs may be thousands; those of single tasks are told. */
function childrenOf({ steps }: State): ExecutionReference[] {
  return Object.values(steps).flatMap(({ task }: ActiveStep) =>
    task?.child === undefined ? [] : [{ id: null, name: task.child.executionName }],
  );
}
