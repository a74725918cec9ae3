/** Choices that the vendor's documentation leaves open: one name each, so that a correction is one edit. */
import type { FileLocation } from '../upload.ts';
import type { EndedStep } from './state.ts';
import type { StepPlan } from './step-plan.ts';

/** Seconds that a custom step has for its answer when its definition does not say. */
export const DEFAULT_TIMEOUT_SECONDS = 1800;

/** What `${previous.file}` means to the first exception handler: the input of the step that failed. */
export function previousAfterFailure(failed: Pick<EndedStep, 'source'>): FileLocation {
  return failed.source;
}

/** JSON text of a result: the tags that were set, and an empty object for every other type. */
export function outputsOf(plan: StepPlan): string {
  return JSON.stringify(plan.type === 'TAG' ? { Tags: plan.details.Tags ?? [] } : {});
}
