import type { Clock } from '../../../kernel/clock.ts';
import { Rejection } from '../../../kernel/errors.ts';
import { pause } from '../../../kernel/pause.ts';
import type { StepFailure } from './step-failure.ts';

/** Pauses before the second and the third attempt. */
const PAUSES_MS = [1_000, 5_000] as const;

export interface AttemptOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly failureOf: (error: unknown) => StepFailure;
}

/** Tries up to three times while that may help; throws the last failure as the step's error. */
export async function withAttempts<T>(attempt: () => Promise<T>, options: AttemptOptions): Promise<T> {
  const { clock, signal, failureOf } = options;
  for (const pauseMs of PAUSES_MS) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const failure = failureOf(error);
      if (!failure.isTransient) throw new Rejection(failure.type, failure.message, failure.message);
      await pause(clock, pauseMs, signal);
    }
  }
  try {
    return await attempt();
  } catch (error) {
    signal.throwIfAborted();
    const { type, message } = failureOf(error);
    throw new Rejection(type, message, message);
  }
}
