import type { Call } from '../../api.ts';
import { applyToOpen } from '../executions.ts';
import type { SignalWorkflowExecutionInput } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_SignalWorkflowExecution.html */
export function signalWorkflowExecution(swf: Swf, request: SignalWorkflowExecutionInput, call: Call): void {
  const { domain, workflowId, runId, signalName, input } = request;
  applyToOpen(swf, call, { domain, workflowId, runId, command: { type: 'signal', signalName, input } });
}
