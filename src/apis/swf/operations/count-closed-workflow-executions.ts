import type { Call } from '../../api.ts';
import type { CountClosedWorkflowExecutionsInput, WorkflowExecutionCount } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';
import { closedFilter } from '../views/visibility.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_CountClosedWorkflowExecutions.html */
export async function countClosedWorkflowExecutions(
  swf: Swf,
  input: CountClosedWorkflowExecutionsInput,
  call: Call,
): Promise<WorkflowExecutionCount> {
  return { count: await swf.kernel.countClosed(closedFilter(swf, call, input)), truncated: false };
}
