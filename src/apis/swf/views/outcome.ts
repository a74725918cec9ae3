import type { ExecutionDetails } from '../../api.ts';
import type { ExecutionEvents } from '../machine/attributes/execution.ts';
import { attributesKey, type HistoryEvent } from '../machine/events.ts';

type Outcome = Pick<ExecutionDetails, 'output' | 'error'>;

const NOTHING: Outcome = { output: null, error: null };

const failed = (type: string, ...parts: readonly (string | undefined)[]): Outcome => ({
  output: null,
  error: { type, message: parts.filter((part) => part).join(': ') },
});

const OUTCOMES: {
  readonly [T in keyof ExecutionEvents]?: (attributes: ExecutionEvents[T]) => Outcome;
} = {
  WorkflowExecutionCompleted: ({ result }) => ({ output: result ?? null, error: null }),
  WorkflowExecutionFailed: ({ reason, details }) => failed(reason || 'FAILED', details),
  WorkflowExecutionCanceled: ({ details }) => failed('CANCELED', details),
  WorkflowExecutionTerminated: ({ cause, reason, details }) => failed(cause, reason, details),
  WorkflowExecutionTimedOut: ({ timeoutType }) => failed(timeoutType, 'the execution took too long'),
};

/** What came of an execution, from the last event of its history. */
export function outcomeOf(last: HistoryEvent | undefined): Outcome {
  if (last === undefined) return NOTHING;
  const outcome = OUTCOMES[last.eventType as keyof ExecutionEvents] as ((a: unknown) => Outcome) | undefined;
  return outcome?.(last[attributesKey(last.eventType)]) ?? NOTHING;
}
