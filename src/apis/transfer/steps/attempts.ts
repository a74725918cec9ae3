import type { Clock } from '../../../kernel/clock.ts';
import { Rejection } from '../../../kernel/errors.ts';
import { withRetries } from '../retries.ts';
import type { StepFailure } from './step-failure.ts';

export interface AttemptOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly failureOf: (error: unknown) => StepFailure;
}

/** Tries up to three times while that may help; throws the last failure as the step's error. */
export async function withAttempts<T>(attempt: () => Promise<T>, options: AttemptOptions): Promise<T> {
  const { clock, signal, failureOf } = options;
  try {
    return await withRetries(attempt, {
      clock,
      signal,
      isTransient: (error) => failureOf(error).isTransient,
    });
  } catch (error) {
    signal.throwIfAborted();
    const { type, message } = failureOf(error);
    throw new Rejection(type, message, message);
  }
}
