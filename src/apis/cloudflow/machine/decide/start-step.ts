import type { Json } from '../../language/json.ts';
import type { StepPlans } from '../own.ts';
import { stepOf } from '../state.ts';
import { type Run, record } from './run.ts';

interface Start {
  readonly input: Json;
  /** Tells what the step is about to do; may throw. */
  readonly plan: () => StepPlans;
}

/** Most steps begin without any. */
export const NO_PLANS: StepPlans = {};

/** Starts a step with its input. One whose plans cannot be made has started all the same, and then fails. */
export function startStep(run: Run, id: number, { input, plan }: Start): void {
  let plans = NO_PLANS;
  let thrown: unknown;
  try {
    plans = plan();
  } catch (error) {
    thrown = error;
  }
  const step = stepOf(run.state, id);
  const own = plans === NO_PLANS ? { of: id } : { of: id, ...plans };
  record(run, 'StepStarted', { step: step.name, cause: step.last, detail: { input }, own });
  if (thrown !== undefined) throw thrown;
}
