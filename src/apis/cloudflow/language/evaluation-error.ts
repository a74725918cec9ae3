import { evaluationErrorName } from './inferred.ts';

/** An expression that cannot be evaluated over the values it meets; the step fails with this error and cause. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  /** As `catch` and `retry` rules see it. */
  readonly error: string;
  override readonly cause: string;

  constructor(cause: string, error: string = evaluationErrorName) {
    super(cause);
    this.error = error;
    this.cause = cause;
  }
}
