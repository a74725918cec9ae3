import type { EventAttributes } from '../events.ts';
import { type HistoryEvent, timeOf } from '../events.ts';
import { openDecisionsAtClose } from '../inferred.ts';
import type { SwfState } from '../state.ts';
import { type CloseStatus, durationMs, type ExecutionConfiguration } from '../values.ts';
import { type Evolvers, unchanged } from './evolver.ts';

type Started = EventAttributes['WorkflowExecutionStarted'];

function started(state: SwfState, attributes: Started, event: HistoryEvent): void {
  const { parentWorkflowExecution: parent, parentInitiatedEventId: initiatedEventId } = attributes;
  const timeout = durationMs(attributes.executionStartToCloseTimeout);
  state.startedAt = timeOf(event);
  state.due = timeout === null ? null : state.startedAt + timeout;
  state.workflowType = attributes.workflowType;
  state.configuration = configurationOf(attributes);
  state.tags = attributes.tagList ?? [];
  if (parent !== undefined) state.parent = { ...parent, initiatedEventId };
}

function configurationOf(attributes: Started): ExecutionConfiguration {
  const { taskList, taskPriority, lambdaRole, childPolicy } = attributes;
  const { executionStartToCloseTimeout, taskStartToCloseTimeout } = attributes;
  return {
    taskList,
    ...(taskPriority === undefined ? undefined : { taskPriority }),
    executionStartToCloseTimeout,
    taskStartToCloseTimeout,
    childPolicy,
    ...(lambdaRole === undefined ? undefined : { lambdaRole }),
  };
}

/** What is open is abandoned: only its counts stay. */
function closeAs(status: CloseStatus) {
  return (state: SwfState, _attributes: unknown, event: HistoryEvent): void => {
    state.open.decisions = openDecisionsAtClose(state);
    state.close = { status, at: timeOf(event) };
    state.due = null;
    state.decision = null;
    state.nextDecision = null;
    state.override = null;
    state.activities = {};
    state.activityIds = {};
    state.timers = {};
    state.children = {};
    state.lambdas = {};
    state.lambdaIds = {};
  };
}

export const executionEvolvers = {
  WorkflowExecutionStarted: started,
  WorkflowExecutionSignaled: unchanged,
  WorkflowExecutionCancelRequested: (state) => {
    state.cancelRequested = true;
  },
  WorkflowExecutionCompleted: closeAs('COMPLETED'),
  WorkflowExecutionFailed: closeAs('FAILED'),
  WorkflowExecutionCanceled: closeAs('CANCELED'),
  WorkflowExecutionTimedOut: closeAs('TIMED_OUT'),
  WorkflowExecutionTerminated: closeAs('TERMINATED'),
  WorkflowExecutionContinuedAsNew: closeAs('CONTINUED_AS_NEW'),
  CompleteWorkflowExecutionFailed: unchanged,
  FailWorkflowExecutionFailed: unchanged,
  CancelWorkflowExecutionFailed: unchanged,
  ContinueAsNewWorkflowExecutionFailed: unchanged,
} satisfies Partial<Evolvers>;
