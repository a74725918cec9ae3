import type { Found } from '../../../kernel/execution-reader.ts';
import type { Call } from '../../api.ts';
import type { ListOpenWorkflowExecutionsInput, WorkflowExecutionInfos } from '../model/types.gen.ts';
import { pageOf, queryOf } from '../pages.ts';
import type { Swf } from '../swf.ts';
import { executionInfo } from '../views/execution-info.ts';
import { matchingOpen } from '../views/visibility.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_ListOpenWorkflowExecutions.html */
export function listOpenWorkflowExecutions(
  swf: Swf,
  input: ListOpenWorkflowExecutionsInput,
  call: Call,
): WorkflowExecutionInfos {
  const oldestFirst = matchingOpen(swf, call, input).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const { nextPageToken, maximumPageSize, reverseOrder } = input;
  const { items, ...next } = pageOf(
    swf,
    {
      query: queryOf('ListOpenWorkflowExecutions', input, call),
      input: { nextPageToken, maximumPageSize, reverseOrder: reverseOrder !== true },
    },
    { items: oldestFirst, keyOf: placeOf },
  );
  return { executionInfos: items.map(executionInfo), ...next };
}

/** Sorts like start time and id. */
function placeOf({ identity }: Found): string {
  return `${String(identity.startedAt).padStart(15, '0')} ${identity.id}`;
}
