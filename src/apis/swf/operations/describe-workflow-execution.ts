import type { Call } from '../../api.ts';
import { findExecution } from '../executions.ts';
import type { DescribeWorkflowExecutionInput, WorkflowExecutionDetail } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';
import { executionDetail } from '../views/execution-detail.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_DescribeWorkflowExecution.html */
export async function describeWorkflowExecution(
  swf: Swf,
  input: DescribeWorkflowExecutionInput,
  call: Call,
): Promise<WorkflowExecutionDetail> {
  return executionDetail(await findExecution(swf, call, input));
}
