import type { LegacyPlan, LegacyStep, ListNumber, StepNumber } from '../../../language/plan.ts';
import { scopeOf, stepOf } from '../../state.ts';
import type { Run } from '../run.ts';

export function planOf({ plan }: Run): LegacyPlan {
  if (plan.language !== 'legacy') throw new Error('This is no flow of steps.');
  return plan;
}

function listOf(run: Run, list: ListNumber): readonly LegacyStep[] {
  return planOf(run).lists[list] ?? [];
}

/** What the definition says of an active step. */
export function definitionOf(run: Run, id: number): LegacyStep {
  const { scope, place } = stepOf(run.state, id);
  return stepAt(run, scopeOf(run.state, scope).list, place);
}

export function stepAt(run: Run, list: ListNumber, place: StepNumber): LegacyStep {
  const step = listOf(run, list)[place];
  if (step === undefined) throw new Error(`List ${list} has no step ${place}.`);
  return step;
}

/** Where the list goes on after the step; null when the list ends. */
export function nextOf(run: Run, id: number): StepNumber | null {
  const { scope, place, goto } = stepOf(run.state, id);
  if (goto !== undefined) return goto;
  const { list } = scopeOf(run.state, scope);
  const { end, type } = stepAt(run, list, place);
  const isLast = place + 1 >= listOf(run, list).length;
  return end || type === 'succeed' || isLast ? null : place + 1;
}

/** Where a list begins; null when it has no steps. */
export function first(run: Run, list: ListNumber): StepNumber | null {
  return listOf(run, list).length === 0 ? null : 0;
}
