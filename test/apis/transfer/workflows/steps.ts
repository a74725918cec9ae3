import type { ExecutionStepResult } from '../../../../src/apis/transfer/model/types.gen.ts';
import type { TestWorkflows } from '../../../support/open-workflows.ts';

/** Types of steps, with those of their errors. */
export const brief = (steps: readonly Pick<ExecutionStepResult, 'StepType' | 'Error'>[] = []) =>
  steps.map(({ StepType, Error: error }) => (error ? `${StepType} ${error.Type}` : StepType));

/** Waits for an end, as real files take their time. */
export async function ended(workflows: TestWorkflows, id: string, execution: string | undefined) {
  for (;;) {
    const outcome = await workflows.outcome(id, execution);
    if (outcome.Status !== 'IN_PROGRESS' && outcome.Status !== 'HANDLING_EXCEPTION') return outcome;
  }
}
