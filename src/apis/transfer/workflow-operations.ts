import { createWorkflow } from './operations/create-workflow.ts';
import { deleteWorkflow } from './operations/delete-workflow.ts';
import { describeExecution } from './operations/describe-execution.ts';
import { describeWorkflow } from './operations/describe-workflow.ts';
import { listExecutions } from './operations/list-executions.ts';
import { listWorkflows } from './operations/list-workflows.ts';
import { sendWorkflowStepState } from './operations/send-workflow-step-state.ts';

/** Those of workflows and their executions. */
export const workflowOperations = {
  CreateWorkflow: createWorkflow,
  DeleteWorkflow: deleteWorkflow,
  DescribeExecution: describeExecution,
  DescribeWorkflow: describeWorkflow,
  ListExecutions: listExecutions,
  ListWorkflows: listWorkflows,
  SendWorkflowStepState: sendWorkflowStepState,
} as const;
