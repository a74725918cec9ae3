import { FilesError } from '../../../../files/files-error.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import { pause } from '../../../../kernel/pause.ts';
import { isTransient, storageFailure } from './storage-failure.ts';

/** Pauses before the next attempts. */
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000] as const;

/** Does work on a bucket, again from its beginning where that may help; throws its failure by the name that flows know. */
export async function patiently<T>(clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const pauseMs = PAUSES_MS[attempt];
      if (!isTransient(error) || pauseMs === undefined) {
        throw error instanceof FilesError ? storageFailure(error) : error;
      }
      await pause(clock, pauseMs, signal);
    }
  }
}
