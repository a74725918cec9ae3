import type { ChildClosed, ChildOutcome, ChildStarted, ChildStartFailed } from '../commands.ts';
import type { EventAttributes, EventType } from '../events.ts';
import { recordNews, type SwfTurn } from './record.ts';

export function childStarted(turn: SwfTurn, { initiatedEventId, execution }: ChildStarted): void {
  const child = turn.state.children[initiatedEventId];
  if (child === undefined) return;
  recordNews(turn, 'ChildWorkflowExecutionStarted', {
    workflowExecution: execution,
    workflowType: child.type,
    initiatedEventId,
  });
}

export function childStartFailed(turn: SwfTurn, command: ChildStartFailed): void {
  const { workflowType, cause, workflowId, initiatedEventId, decisionTaskCompletedEventId, control } =
    command;
  if (turn.state.children[initiatedEventId] === undefined) return;
  recordNews(turn, 'StartChildWorkflowExecutionFailed', {
    workflowType,
    cause,
    workflowId,
    initiatedEventId,
    decisionTaskCompletedEventId,
    control,
  });
}

const closedEvents = {
  Completed: 'ChildWorkflowExecutionCompleted',
  Failed: 'ChildWorkflowExecutionFailed',
  Canceled: 'ChildWorkflowExecutionCanceled',
  TimedOut: 'ChildWorkflowExecutionTimedOut',
  Terminated: 'ChildWorkflowExecutionTerminated',
} as const satisfies Record<ChildOutcome['as'], EventType>;

type ClosedEvent = (typeof closedEvents)[ChildOutcome['as']];

export function childClosed(turn: SwfTurn, command: ChildClosed): void {
  const { initiatedEventId, execution, workflowType } = command;
  const child = turn.state.children[initiatedEventId];
  if (child === undefined) return;
  const { as, ...outcome } = command.outcome;
  const attributes = {
    workflowExecution: execution,
    workflowType,
    ...outcome,
    initiatedEventId,
    startedEventId: child.startedEventId,
  };
  recordNews(turn, closedEvents[as], attributes as EventAttributes[ClosedEvent]);
}
