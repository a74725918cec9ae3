import type { ChildOutcome } from '../commands.ts';
import type { EventAttributes } from '../events.ts';
import { childrenFeelClose } from '../inferred.ts';
import type { Child } from '../state.ts';
import type { ChildPolicy } from '../values.ts';
import { record, type SwfTurn, tell } from './record.ts';

type ClosingType =
  | 'WorkflowExecutionCompleted'
  | 'WorkflowExecutionFailed'
  | 'WorkflowExecutionCanceled'
  | 'WorkflowExecutionTimedOut'
  | 'WorkflowExecutionTerminated'
  | 'WorkflowExecutionContinuedAsNew';

type Reports = {
  readonly [T in ClosingType]: (attributes: EventAttributes[T]) => ChildOutcome | undefined;
};

const reports: Reports = {
  WorkflowExecutionCompleted: ({ result }) => ({ as: 'Completed', result }),
  WorkflowExecutionFailed: ({ reason, details }) => ({ as: 'Failed', reason, details }),
  WorkflowExecutionCanceled: ({ details }) => ({ as: 'Canceled', details }),
  WorkflowExecutionTimedOut: ({ timeoutType }) => ({ as: 'TimedOut', timeoutType }),
  WorkflowExecutionTerminated: () => ({ as: 'Terminated' }),
  // The execution that continues this one keeps the parent and reports when it closes.
  WorkflowExecutionContinuedAsNew: () => undefined,
};

/** Records the last event of the history, applies the child policy and tells the parent. */
export function close<T extends ClosingType>(
  turn: SwfTurn,
  eventType: T,
  attributes: EventAttributes[T],
): void {
  const { children } = turn.state;
  record(turn, eventType, attributes);
  // Only terminating may change the policy; what ContinuedAsNew shows is that of the next execution.
  const policy = 'cause' in attributes ? attributes.childPolicy : turn.state.configuration.childPolicy;
  applyChildPolicy(turn, children, policy);
  const outcome = reports[eventType](attributes);
  if (outcome !== undefined) reportToParent(turn, outcome);
}

/**
 * Messages go by workflow id: a child may have continued as new under another run id, and the receiver checks that it
 * is a child of exactly this decision.
 */
function applyChildPolicy(
  turn: SwfTurn,
  children: Readonly<Record<number, Child>>,
  policy: ChildPolicy,
): void {
  const status = turn.state.close?.status;
  if (policy === 'ABANDON' || status === undefined || !childrenFeelClose(status)) return;
  for (const [initiatedEventId, { workflowId }] of Object.entries(children)) {
    tell(
      turn,
      { workflowId },
      { type: 'apply-child-policy', policy, initiatedEventId: Number(initiatedEventId) },
    );
  }
}

function reportToParent(turn: SwfTurn, outcome: ChildOutcome): void {
  const { parent, workflowType } = turn.state;
  if (parent === null) return;
  const { initiatedEventId } = parent;
  tell(turn, parent, { type: 'child-closed', initiatedEventId, workflowType, outcome });
}
