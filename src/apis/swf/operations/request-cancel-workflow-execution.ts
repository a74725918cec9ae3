import type { Call } from '../../api.ts';
import { applyToOpen } from '../executions.ts';
import type { RequestCancelWorkflowExecutionInput } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_RequestCancelWorkflowExecution.html */
export function requestCancelWorkflowExecution(
  swf: Swf,
  input: RequestCancelWorkflowExecutionInput,
  call: Call,
): void {
  const { domain, workflowId, runId } = input;
  applyToOpen(swf, call, { domain, workflowId, runId, command: { type: 'request-cancel' } });
}
