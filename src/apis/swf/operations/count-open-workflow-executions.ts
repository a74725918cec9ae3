import type { Call } from '../../api.ts';
import type { CountOpenWorkflowExecutionsInput, WorkflowExecutionCount } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';
import { matchingOpen } from '../views/visibility.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_CountOpenWorkflowExecutions.html */
export function countOpenWorkflowExecutions(
  swf: Swf,
  input: CountOpenWorkflowExecutionsInput,
  call: Call,
): WorkflowExecutionCount {
  return { count: matchingOpen(swf, call, input).length, truncated: false };
}
