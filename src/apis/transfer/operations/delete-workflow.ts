import type { Call } from '../../api.ts';
import { invalidRequest } from '../faults.ts';
import type { DeleteWorkflowRequest } from '../model/types.gen.ts';
import { attachedWorkflows } from '../resources/attached-workflows.ts';
import { listServers } from '../resources/servers.ts';
import { findWorkflow, removeWorkflow } from '../resources/workflows.ts';
import type { Transfer } from '../transfer.ts';

/**
 * Executions that run go on to their end.
 * https://docs.aws.amazon.com/transfer/latest/APIReference/API_DeleteWorkflow.html
 */
export function deleteWorkflow(
  transfer: Transfer,
  { WorkflowId: id }: DeleteWorkflowRequest,
  call: Call,
): void {
  findWorkflow(transfer, call, id);
  const user = listServers(transfer, call).find((server) => attachedWorkflows(server).includes(id));
  if (user !== undefined) throw invalidRequest(`Workflow is still in use by server ${user.id}`);
  removeWorkflow(transfer, call, id);
}
