import type { ExternalTarget, UnreachedTarget } from '../attributes/external.ts';
import type { DecisionAttributes } from '../decisions.ts';
import { type Batch, fail } from './batch.ts';
import { record, tell } from './record.ts';

type SignalExternal = DecisionAttributes['SignalExternalWorkflowExecution'];
type RequestCancelExternal = DecisionAttributes['RequestCancelExternalWorkflowExecution'];

export function signalExternal(batch: Batch, attributes: SignalExternal, denied: string | undefined): void {
  const { turn } = batch;
  const { signalName, input } = attributes;
  const target = targetOf(batch, attributes);
  const cause = denied ?? batch.tooFast;
  if (cause !== undefined) {
    fail(batch, 'SignalExternalWorkflowExecutionFailed', refusedTarget(target, cause));
    return;
  }
  const initiatedEventId = record(turn, 'SignalExternalWorkflowExecutionInitiated', {
    ...target,
    signalName,
    input,
  });
  tell(turn, target, { type: 'signal', signalName, input, initiatedEventId, target });
}

export function requestCancelExternal(
  batch: Batch,
  attributes: RequestCancelExternal,
  denied: string | undefined,
): void {
  const { turn } = batch;
  const target = targetOf(batch, attributes);
  const cause = denied ?? batch.tooFast;
  if (cause !== undefined) {
    fail(batch, 'RequestCancelExternalWorkflowExecutionFailed', refusedTarget(target, cause));
    return;
  }
  const initiatedEventId = record(turn, 'RequestCancelExternalWorkflowExecutionInitiated', target);
  tell(turn, target, { type: 'cancel', initiatedEventId, target });
}

function targetOf({ completedId }: Batch, attributes: RequestCancelExternal): ExternalTarget {
  const { workflowId, runId, control } = attributes;
  return { workflowId, runId, control, decisionTaskCompletedEventId: completedId };
}

function refusedTarget(target: ExternalTarget, cause: string): UnreachedTarget {
  return { ...target, cause, initiatedEventId: 0 };
}
