import type { Clock } from './clock.ts';
import { MachineFailed, Unavailable } from './errors.ts';

const RETRY_AFTER_MS = 1000;

/** Repeats what a runner does inside this service while the store cannot write: that is no failure of the work. */
export async function onceAvailable<T>(
  clock: Clock,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      // A machine that fails would do so again.
      if (!(error instanceof Unavailable) || error instanceof MachineFailed) throw error;
      await pause(clock, signal);
    }
  }
}

function pause(clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const disarm = clock.at(clock.now() + RETRY_AFTER_MS, () => {
      signal.removeEventListener('abort', wake);
      resolve();
    });
    const wake = (): void => {
      disarm();
      resolve();
    };
    signal.addEventListener('abort', wake, { once: true });
  });
}
