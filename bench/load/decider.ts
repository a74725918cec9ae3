import { gaplessEvents, occurrences, textMember } from './json-scan.ts';
import type { Ledger } from './ledger.ts';
import { pollForever } from './poller.ts';
import { faultName, type SwfCaller } from './swf-client.ts';
import type { Tally } from './tally.ts';
import { activityCount, decisionInput, type LoadNames, pollInput } from './workflow.ts';

export interface DeciderOptions {
  readonly caller: SwfCaller;
  readonly names: LoadNames;
  readonly ledger: Ledger;
  readonly problems: Tally;
  readonly life: { readonly stopping: boolean };
}

/** A decider: schedules one activity after the other, then completes; checks each history it is given. */
export function runDecider(options: DeciderOptions): Promise<void> {
  return pollForever({
    ...options,
    operation: 'PollForDecisionTask',
    input: pollInput(options.names, 'bench-decider'),
    handle: (task) => decide(options, task),
  });
}

async function decide({ caller, ledger, problems }: DeciderOptions, task: string): Promise<void> {
  const taskToken = textMember(task, 'taskToken') ?? '';
  const completed = occurrences(task, '"eventType":"ActivityTaskCompleted"');
  if (gaplessEvents(task) !== eventsSeen(completed))
    problems.count('decision task with an unexpected history');
  const reply = await caller.call('RespondDecisionTaskCompleted', decisionInput(taskToken, completed));
  if (reply.status !== 200) return problems.count(`RespondDecisionTaskCompleted: ${faultName(reply)}`);
  if (completed < activityCount) return;
  ledger.closed({ workflowId: textMember(task, 'workflowId') ?? '', runId: textMember(task, 'runId') ?? '' });
}

/** Started, scheduled, started; and for each activity a decision's end, its three events, and the next two. */
function eventsSeen(completed: number): number {
  return 3 + completed * 6;
}
