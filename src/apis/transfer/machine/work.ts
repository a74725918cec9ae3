import type { EffectRequest } from '../../../kernel/machine.ts';
import type { FileLocation } from '../upload.ts';
import { planOfCurrent } from './current.ts';
import type { Facts } from './facts.ts';
import { factsOf, type State } from './state.ts';
import type { StepPlan } from './step-plan.ts';

/** What the runner of a step is to do. */
export interface Work {
  /** Of the step, among all of its execution. */
  readonly number: number;
  readonly plan: StepPlan;
  readonly source: FileLocation;
  readonly facts: Facts;
  /** Set when an earlier run, which an end of the process has cut off, may have had its effect. */
  readonly begunAt: number | null;
}

/** What a runner tells of a step that has succeeded. */
export interface StepOutcome {
  /** Where the file that it made lies; absent when it made none. */
  readonly location?: FileLocation | undefined;
  /** How much it has written. */
  readonly bytes?: number | undefined;
}

export type StepKind = Lowercase<StepPlan['type']>;

/** The current step's work, unless only its answer is missing. */
export function effects(state: State): readonly EffectRequest[] {
  const { current } = state;
  if (current === null || current.isCalled) return [];
  const { number, source, begunAt } = current;
  const plan = planOfCurrent(state, current);
  const work: Work = { number, plan, source, facts: factsOf(state), begunAt };
  return [{ key: String(number), kind: kindOf(plan.type), input: work }];
}

const kindOf = (type: StepPlan['type']): StepKind => type.toLowerCase() as StepKind;
