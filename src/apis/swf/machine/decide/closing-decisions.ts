import type { DecisionAttributes } from '../decisions.ts';
import { type Batch, fail } from './batch.ts';
import { close } from './close.ts';

/**
 * Why the execution must stay open, if so. News since the decision task was started has scheduled the next task
 * already, and a failure in the same batch is about to.
 */
export function refusalToClose(batch: Batch, denied: string | undefined): string | undefined {
  if (denied !== undefined) return denied;
  return batch.failed || batch.turn.state.decision !== null ? 'UNHANDLED_DECISION' : undefined;
}

export function completeExecution(
  batch: Batch,
  { result }: DecisionAttributes['CompleteWorkflowExecution'],
  denied: string | undefined,
): void {
  const decisionTaskCompletedEventId = batch.completedId;
  const cause = refusalToClose(batch, denied);
  if (cause !== undefined)
    fail(batch, 'CompleteWorkflowExecutionFailed', { cause, decisionTaskCompletedEventId });
  else close(batch.turn, 'WorkflowExecutionCompleted', { result, decisionTaskCompletedEventId });
}

export function failExecution(
  batch: Batch,
  { reason, details }: DecisionAttributes['FailWorkflowExecution'],
  denied: string | undefined,
): void {
  const decisionTaskCompletedEventId = batch.completedId;
  const cause = refusalToClose(batch, denied);
  if (cause !== undefined)
    fail(batch, 'FailWorkflowExecutionFailed', { cause, decisionTaskCompletedEventId });
  else close(batch.turn, 'WorkflowExecutionFailed', { reason, details, decisionTaskCompletedEventId });
}

export function cancelExecution(
  batch: Batch,
  { details }: DecisionAttributes['CancelWorkflowExecution'],
  denied: string | undefined,
): void {
  const decisionTaskCompletedEventId = batch.completedId;
  const cause = refusalToClose(batch, denied);
  if (cause !== undefined)
    fail(batch, 'CancelWorkflowExecutionFailed', { cause, decisionTaskCompletedEventId });
  else close(batch.turn, 'WorkflowExecutionCanceled', { details, decisionTaskCompletedEventId });
}
