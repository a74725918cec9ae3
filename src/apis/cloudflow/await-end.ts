import type { Found } from '../../kernel/execution-reader.ts';
import type { Caller } from '../../kernel/polls.ts';
import type { Cloudflow } from './cloudflow.ts';

/**
 * Resolves when an execution has ended, the time is over (epoch milliseconds), or nobody waits for the answer any more.
 * Gives the execution as it is then; throws as `kernel.find` does.
 */
export async function awaitEnd(
  cloudflow: Cloudflow,
  id: string,
  { until, call }: { readonly until: number; readonly call: Caller },
): Promise<Found> {
  const { kernel, clock } = cloudflow;
  let ended: Found | undefined;
  let wake = (): void => {};
  const awaken = (): void => wake();
  const changed = (found: Found | undefined): void => {
    ended = found;
    wake();
  };
  const forget = [kernel.watchers.watch(id, changed), clock.at(until, awaken), () => call.unwatch()];
  call.watch({ callerEnded: awaken });
  try {
    while (kernel.findOpenById(id) !== undefined && clock.now() < until && !call.hasEnded) {
      const change = Promise.withResolvers<void>();
      wake = change.resolve;
      await change.promise;
      if (ended !== undefined) return ended;
    }
  } finally {
    for (const end of forget) end();
  }
  return kernel.find(id);
}
