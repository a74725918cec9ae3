import type { Call } from '../../api.ts';
import type { ListWorkflowsRequest, ListWorkflowsResponse } from '../model/types.gen.ts';
import { pageOf, queryOf } from '../pages.ts';
import { listWorkflows as allWorkflows, workflowKey } from '../resources/workflows.ts';
import type { Transfer } from '../transfer.ts';
import { listedWorkflow } from '../views/workflow.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListWorkflows.html */
export function listWorkflows(
  transfer: Transfer,
  input: ListWorkflowsRequest,
  call: Call,
): ListWorkflowsResponse {
  const query = queryOf('ListWorkflows', input, call);
  const list = { items: allWorkflows(transfer, call), keyOf: workflowKey };
  const { items, next } = pageOf(transfer, { query, input }, list);
  return { ...next, Workflows: items.map((workflow) => listedWorkflow(call, workflow)) };
}
