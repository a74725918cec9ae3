import { faultName, type SwfCaller } from './swf-client.ts';
import type { Tally } from './tally.ts';

export interface PollerOptions {
  readonly caller: SwfCaller;
  readonly problems: Tally;
  /** Once `stopping`, a broken connection is the end and not a problem. */
  readonly life: { readonly stopping: boolean };
  readonly operation: string;
  readonly input: string;
  /** Deals with the JSON text of a task. */
  readonly handle: (task: string) => Promise<void>;
}

const emptyPoll = '"taskToken":""';

/** Polls, handles, polls again until its life is over; faults and broken connections are counted, then it goes on. */
export async function pollForever(options: PollerOptions): Promise<void> {
  while (!options.life.stopping) {
    try {
      await pollOnce(options);
    } catch (error) {
      if (options.life.stopping) return;
      options.problems.count(`${options.operation}: ${error instanceof Error ? error.message : error}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function pollOnce({ caller, operation, input, handle, problems }: PollerOptions): Promise<void> {
  const reply = await caller.call(operation, input);
  if (reply.status !== 200) return problems.count(`${operation}: ${faultName(reply)}`);
  if (!reply.body.includes(emptyPoll)) await handle(reply.body);
}
