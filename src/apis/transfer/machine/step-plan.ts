import type { WorkflowStep } from '../model/types.gen.ts';

type Details<Name extends keyof WorkflowStep> = NonNullable<WorkflowStep[Name]>;

/** A step with the details that its type has. */
export type StepPlan =
  | { readonly type: 'COPY'; readonly details: Details<'CopyStepDetails'> }
  | { readonly type: 'CUSTOM'; readonly details: Details<'CustomStepDetails'> }
  | { readonly type: 'TAG'; readonly details: Details<'TagStepDetails'> }
  | { readonly type: 'DELETE'; readonly details: Details<'DeleteStepDetails'> }
  | { readonly type: 'DECRYPT'; readonly details: Details<'DecryptStepDetails'> };

/** Reads a step as the wire has it; undefined when its details are not those of its type. */
export function planOf(step: WorkflowStep): StepPlan | undefined {
  switch (step.Type) {
    case 'COPY':
      return step.CopyStepDetails && { type: step.Type, details: step.CopyStepDetails };
    case 'CUSTOM':
      return step.CustomStepDetails && { type: step.Type, details: step.CustomStepDetails };
    case 'TAG':
      return step.TagStepDetails && { type: step.Type, details: step.TagStepDetails };
    case 'DELETE':
      return step.DeleteStepDetails && { type: step.Type, details: step.DeleteStepDetails };
    case 'DECRYPT':
      return step.DecryptStepDetails && { type: step.Type, details: step.DecryptStepDetails };
    case undefined:
      return undefined;
    default:
      return step.Type satisfies never;
  }
}
