import type { ClosedExecution, ClosedQuery } from '../../../kernel/store.ts';
import type { Call } from '../../api.ts';
import type { ListClosedWorkflowExecutionsInput, WorkflowExecutionInfos } from '../model/types.gen.ts';
import { pageSize, queryOf } from '../pages.ts';
import type { Swf } from '../swf.ts';
import { executionInfo } from '../views/execution-info.ts';
import { closedFilter } from '../views/visibility.ts';

type Place = NonNullable<ClosedQuery['after']>;

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_ListClosedWorkflowExecutions.html */
export async function listClosedWorkflowExecutions(
  swf: Swf,
  input: ListClosedWorkflowExecutionsInput,
  call: Call,
): Promise<WorkflowExecutionInfos> {
  const filter = closedFilter(swf, call, input);
  const query = queryOf('ListClosedWorkflowExecutions', input, call);
  const size = pageSize(input.maximumPageSize);
  const found = await swf.kernel.listClosed({
    ...filter,
    order: input.reverseOrder === true ? 'oldest' : 'newest',
    limit: size + 1,
    ...(input.nextPageToken !== undefined && {
      after: swf.tokens.readPageToken(query, input.nextPageToken) as Place,
    }),
  });
  const page = found.slice(0, size);
  const last = page.at(-1);
  const hasMore = found.length > size && last !== undefined;
  return {
    executionInfos: page.map((execution) =>
      executionInfo({ identity: execution, summary: execution.summary }),
    ),
    ...(hasMore && { nextPageToken: swf.tokens.pageToken(query, placeOf(last, filter.timeOf)) }),
  };
}

function placeOf({ id, startedAt, summary }: ClosedExecution, timeOf: ClosedQuery['timeOf']): Place {
  return { id, time: timeOf === 'started' ? startedAt : summary.endedAt };
}
