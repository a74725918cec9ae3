import type { Call } from '../../api.ts';
import { invalidRequest } from '../faults.ts';
import type { CreateWorkflowRequest, CreateWorkflowResponse } from '../model/types.gen.ts';
import { checkSteps } from '../resources/new-steps.ts';
import { newTags } from '../resources/tags.ts';
import { addWorkflow, newWorkflowId } from '../resources/workflows.ts';
import type { Transfer } from '../transfer.ts';

/** https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateWorkflow.html */
export function createWorkflow(
  transfer: Transfer,
  input: CreateWorkflowRequest,
  call: Call,
): CreateWorkflowResponse {
  const { Steps, OnExceptionSteps = [], Description, Tags } = input;
  if (Steps.length === 0) throw invalidRequest('A workflow needs at least one step');
  checkSteps('Steps', Steps);
  checkSteps('OnExceptionSteps', OnExceptionSteps);
  const id = newWorkflowId();
  addWorkflow(transfer, call, {
    id,
    createdAt: transfer.creationTime('workflow'),
    Description,
    Steps,
    OnExceptionSteps,
    Tags: newTags(Tags),
  });
  return { WorkflowId: id };
}
