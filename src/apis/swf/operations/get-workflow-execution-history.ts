import { type Call, JsonText } from '../../api.ts';
import { findExecution } from '../executions.ts';
import type { GetWorkflowExecutionHistoryInput } from '../model/types.gen.ts';
import { pageSize, queryOf } from '../pages.ts';
import type { Swf } from '../swf.ts';
import { historyPage } from '../views/history-page.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_GetWorkflowExecutionHistory.html */
export async function getWorkflowExecutionHistory(
  swf: Swf,
  input: GetWorkflowExecutionHistoryInput,
  call: Call,
): Promise<JsonText> {
  const found = await findExecution(swf, call, input);
  const query = queryOf('GetWorkflowExecutionHistory', input, call);
  const isReverse = input.reverseOrder === true;
  const first = isReverse ? found.eventCount : 1;
  const start =
    input.nextPageToken === undefined ? first : Number(swf.tokens.readPageToken(query, input.nextPageToken));
  const page = await historyPage(swf.kernel, {
    runId: found.identity.id,
    first: 1,
    last: found.eventCount,
    start,
    isReverse,
    size: pageSize(input.maximumPageSize),
  });
  const next = page.next === undefined ? '' : `,"nextPageToken":"${swf.tokens.pageToken(query, page.next)}"`;
  return new JsonText(`{"events":${page.events}${next}}`);
}
