import type { Call } from '../api.ts';
import type { SwfCommand } from './machine/commands.ts';
import type { Swf } from './swf.ts';

/** How long a poll is held: https://docs.aws.amazon.com/amazonswf/latest/apireference/API_PollForDecisionTask.html */
const POLL_MS = 60_000;

export interface TaskRequest {
  readonly queue: string;
  readonly claim: (scheduledEventId: number, again: boolean) => SwfCommand;
}

/** Waits for a task of a list; undefined when none came or the client has left. The hand-out is durable. */
export function pollTask<Started>(
  swf: Swf,
  call: Call,
  request: TaskRequest,
): Promise<{ readonly reply: Started } | undefined> {
  const handOut = swf.kernel.poll({
    queue: request.queue,
    claim: (key, again) => request.claim(Number(key.slice(1)), again),
    timeoutMs: POLL_MS,
    most: swf.limits.pollers,
    caller: call,
  });
  return handOut as Promise<{ readonly reply: Started } | undefined>;
}
