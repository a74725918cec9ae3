import type { Clock } from '../../../kernel/clock.ts';
import type { Found } from '../../../kernel/execution-reader.ts';
import type { ReadExecutions } from './visible.ts';

export interface ChangeWait {
  readonly kernel: Pick<ReadExecutions, 'find' | 'watchers'>;
  readonly clock: Clock;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Ends the wait early, as when the client leaves. */
  readonly signal: AbortSignal;
}

/** The execution once it is closed or `isEnough`, or as it is when the time is up; throws `NoSuchExecution`. */
export async function awaitChange(wait: ChangeWait, isEnough: (found: Found) => boolean): Promise<Found> {
  const { kernel, clock, id, deadline, signal } = wait;
  for (;;) {
    // Watched before it is read: what changes in between is not missed.
    const change = nextChange(wait);
    try {
      const found = await kernel.find(id);
      const isClosed = found.summary.endedAt !== undefined;
      if (isClosed || isEnough(found) || signal.aborted || clock.now() >= deadline) return found;
      await change.happened;
    } finally {
      change.forget();
    }
  }
}

function nextChange({ kernel, clock, id, deadline, signal }: ChangeWait): {
  readonly happened: Promise<void>;
  readonly forget: () => void;
} {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = (): void => resolve();
  const unwatch = kernel.watchers.watch(id, wake);
  const disarm = clock.at(deadline, wake);
  signal.addEventListener('abort', wake, { once: true });
  const forget = (): void => {
    unwatch();
    disarm();
    signal.removeEventListener('abort', wake);
  };
  return { happened: promise, forget };
}
