import { EvaluationError } from '../language/evaluation-error.ts';

/** Why a step or an execution failed, as the flow languages know it. */
export interface Failure {
  readonly error: string;
  readonly cause: string;
  /** The event in which it shows; absent for the latest. */
  readonly event?: number;
}

/** Thrown while a step is being worked on; the step fails with it. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.error}: ${failure.cause}`);
    this.failure = failure;
  }
}

/** Thrown where no step may catch it: the execution ends. */
export class ExecutionFailure extends Error {
  override readonly name = 'ExecutionFailure';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.error}: ${failure.cause}`);
    this.failure = failure;
  }
}

/** The failure that a step is to have for something thrown; what is no failure of a step is thrown on. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof StepFailure) return thrown.failure;
  if (thrown instanceof EvaluationError) {
    return { error: thrown.error, cause: thrown.cause };
  }
  throw thrown;
}
