import type { WorkflowStep } from '../model/types.gen.ts';
import { DEFAULT_TIMEOUT_SECONDS } from './inferred.ts';
import { type CurrentStep, factsOf, type State, type StepList } from './state.ts';
import { planOf, type StepPlan } from './step-plan.ts';

function stepsOf(state: State, list: StepList): readonly WorkflowStep[] {
  const { steps, handlers } = factsOf(state);
  return list === 'Steps' ? steps : handlers;
}

export function planAt(state: State, list: StepList, index: number): StepPlan | undefined {
  const step = stepsOf(state, list)[index];
  return step && planOf(step);
}

export function planOfCurrent(state: State, { list, index }: CurrentStep): StepPlan {
  const plan = planAt(state, list, index);
  if (plan === undefined) throw new Error(`${list}[${index}] is not a step.`);
  return plan;
}

/** When a custom step that waits for its answer times out; undefined while nothing waits. */
export function dueOf(state: State): number | undefined {
  const { current } = state;
  if (current === null || current.begunAt === null) return undefined;
  const plan = planOfCurrent(state, current);
  if (plan.type !== 'CUSTOM') return undefined;
  return current.begunAt + timeoutSeconds(plan.details) * 1000;
}

export function timeoutSeconds({ TimeoutSeconds }: { readonly TimeoutSeconds?: number | undefined }): number {
  return TimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
}
