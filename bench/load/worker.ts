import { textMember } from './json-scan.ts';
import { pollForever } from './poller.ts';
import { faultName, type SwfCaller } from './swf-client.ts';
import type { Tally } from './tally.ts';
import { activityOutcome, type LoadNames, pollInput } from './workflow.ts';

export interface WorkerOptions {
  readonly caller: SwfCaller;
  readonly names: LoadNames;
  readonly problems: Tally;
  readonly life: { readonly stopping: boolean };
}

/** A worker whose activities are done as soon as they are handed out. */
export function runWorker(options: WorkerOptions): Promise<void> {
  return pollForever({
    ...options,
    operation: 'PollForActivityTask',
    input: pollInput(options.names, 'bench-worker'),
    handle: (task) => perform(options, task),
  });
}

async function perform({ caller, problems }: WorkerOptions, task: string): Promise<void> {
  const taskToken = textMember(task, 'taskToken') ?? '';
  const reply = await caller.call('RespondActivityTaskCompleted', activityOutcome(taskToken));
  if (reply.status !== 200) problems.count(`RespondActivityTaskCompleted: ${faultName(reply)}`);
}
