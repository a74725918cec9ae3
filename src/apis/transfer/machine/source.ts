import type { FileLocation } from '../upload.ts';
import { factsOf, type State } from './state.ts';
import type { StepPlan } from './step-plan.ts';

export const PREVIOUS_FILE = `$\{previous.file}`;
export const ORIGINAL_FILE = `$\{original.file}`;

/** The file that a step would work on now. */
export function sourceOf(state: State, { details }: StepPlan): FileLocation {
  const { file } = factsOf(state).upload;
  return details.SourceFileLocation === ORIGINAL_FILE ? file : (state.previous ?? file);
}
