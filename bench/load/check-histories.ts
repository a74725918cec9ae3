import type { Finished } from './ledger.ts';
import type { SwfCaller } from './swf-client.ts';
import type { Tally } from './tally.ts';
import { activityCount, eventsInAll, type LoadNames } from './workflow.ts';

interface HistoryPage {
  readonly events: readonly { readonly eventId: number; readonly eventType: string }[];
  readonly nextPageToken?: string;
}

/** Reads the histories of finished runs and counts each that is not complete, gapless and closed exactly once. */
export async function checkHistories(
  caller: SwfCaller,
  { domain }: LoadNames,
  { finished, problems }: { readonly finished: readonly Finished[]; readonly problems: Tally },
): Promise<void> {
  for (const execution of finished) {
    const page = (await caller.ask('GetWorkflowExecutionHistory', { domain, execution })) as HistoryPage;
    for (const fault of historyFaults(page)) problems.count(`GetWorkflowExecutionHistory: ${fault}`);
  }
  caller.close();
}

function historyFaults({ events, nextPageToken }: HistoryPage): readonly string[] {
  const faults = [];
  const times = (type: string) => events.filter((event) => event.eventType === type).length;
  if (nextPageToken !== undefined) faults.push('more than one page');
  if (events.some((event, index) => event.eventId !== index + 1)) faults.push('a gap');
  if (events.length !== eventsInAll) faults.push(`${events.length} events`);
  if (times('ActivityTaskCompleted') !== activityCount) faults.push('wrong number of activities');
  if (times('WorkflowExecutionCompleted') !== 1) faults.push('not completed exactly once');
  if (events.at(-1)?.eventType !== 'WorkflowExecutionCompleted') faults.push('last event is not the end');
  return faults;
}
