import type { Call } from '../../api.ts';
import { applyToOpen } from '../executions.ts';
import type { TerminateWorkflowExecutionInput } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_TerminateWorkflowExecution.html */
export function terminateWorkflowExecution(
  swf: Swf,
  input: TerminateWorkflowExecutionInput,
  call: Call,
): void {
  const { domain, workflowId, runId, reason, details, childPolicy } = input;
  const command = { type: 'terminate', reason, details, childPolicy } as const;
  applyToOpen(swf, call, { domain, workflowId, runId, command });
}
