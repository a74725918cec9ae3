import type { Call } from '../../api.ts';
import { findExecution, findRunning } from '../executions.ts';
import type { DescribeExecutionRequest, DescribeExecutionResponse } from '../model/types.gen.ts';
import type { Transfer } from '../transfer.ts';
import { describedExecution } from '../views/execution.ts';

/**
 * The vendor describes executions only until they end; here they stay visible, unless `transfer.endedExecutions` says otherwise.
 * https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribeExecution.html
 */
export async function describeExecution(
  transfer: Transfer,
  { WorkflowId: workflowId, ExecutionId: executionId }: DescribeExecutionRequest,
  call: Call,
): Promise<DescribeExecutionResponse> {
  const find = transfer.settings.endedExecutions === 'visible' ? findExecution : findRunning;
  const execution = await find(transfer, call, { workflowId, executionId });
  return { WorkflowId: workflowId, Execution: describedExecution(execution) };
}
