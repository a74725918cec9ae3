import type { Call } from '../api.ts';
import type { Cloudflow } from './cloudflow.ts';

/** Resolves when an execution has ended, the time is over (epoch milliseconds), or nobody waits for the answer any more. */
export async function awaitEnd(
  cloudflow: Cloudflow,
  id: string,
  { until, call }: { readonly until: number; readonly call: Pick<Call, 'hasEnded' | 'onEnd'> },
): Promise<void> {
  const { kernel, clock } = cloudflow;
  let wake = (): void => {};
  const awaken = (): void => wake();
  const forget = [kernel.watchers.watch(id, awaken), clock.at(until, awaken), call.onEnd(awaken)];
  try {
    while (kernel.findOpenById(id) !== undefined && clock.now() < until && !call.hasEnded) {
      const change = Promise.withResolvers<void>();
      wake = change.resolve;
      await change.promise;
    }
  } finally {
    for (const end of forget) end();
  }
}
