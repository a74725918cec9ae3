import type { Clock } from '../../kernel/clock.ts';
import { pause } from '../../kernel/pause.ts';

/** Pauses before the second and the third attempt. */
const PAUSES_MS = [1_000, 5_000] as const;

export interface RetryOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether trying again may help. */
  readonly isTransient: (error: unknown) => boolean;
}

/** Tries up to three times while that may help; throws the last error. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { clock, signal, isTransient }: RetryOptions,
): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !isTransient(error)) throw error;
    }
    await pause(clock, pauseMs, signal);
  }
  return attempt();
}
