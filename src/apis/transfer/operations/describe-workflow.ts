import type { Call } from '../../api.ts';
import type { DescribeWorkflowRequest, DescribeWorkflowResponse } from '../model/types.gen.ts';
import { findWorkflow } from '../resources/workflows.ts';
import type { Transfer } from '../transfer.ts';
import { describedWorkflow } from '../views/workflow.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribeWorkflow.html */
export function describeWorkflow(
  transfer: Transfer,
  { WorkflowId: id }: DescribeWorkflowRequest,
  call: Call,
): DescribeWorkflowResponse {
  return { Workflow: describedWorkflow(call, findWorkflow(transfer, call, id)) };
}
