import type { ApplyChildPolicy, RequestCancel, Signal, Start, Terminate } from '../commands.ts';
import { policyOfTerminatedChild } from '../inferred.ts';
import { close } from './close.ts';
import { record, recordNews, requestDecision, type SwfTurn, tell } from './record.ts';

export function start(turn: SwfTurn, command: Start): { readonly runId: string } {
  const { parent, retentionDays, limits } = command;
  turn.note({ note: 'configured', scope: turn.identity.scope, retentionDays, limits });
  record(turn, 'WorkflowExecutionStarted', {
    input: command.input,
    executionStartToCloseTimeout: command.executionStartToCloseTimeout,
    taskStartToCloseTimeout: command.taskStartToCloseTimeout,
    childPolicy: command.childPolicy,
    taskList: command.taskList,
    taskPriority: command.taskPriority,
    workflowType: command.workflowType,
    tagList: command.tagList,
    continuedExecutionRunId: command.continuedExecutionRunId,
    parentWorkflowExecution: parent && { workflowId: parent.workflowId, runId: parent.runId },
    parentInitiatedEventId: parent?.initiatedEventId ?? 0,
    lambdaRole: command.lambdaRole,
  });
  requestDecision(turn);
  if (parent !== undefined && command.continuedExecutionRunId === undefined) {
    tell(turn, parent, { type: 'child-started', initiatedEventId: parent.initiatedEventId });
  }
  return { runId: turn.identity.id };
}

export function signal(turn: SwfTurn, { signalName, input, sender }: Signal): void {
  recordNews(turn, 'WorkflowExecutionSignaled', {
    signalName,
    input,
    externalWorkflowExecution: sender?.execution,
    externalInitiatedEventId: sender?.initiatedEventId ?? 0,
  });
  if (sender === undefined) return;
  tell(turn, sender.execution, { type: 'external-signaled', initiatedEventId: sender.initiatedEventId });
}

export function requestCancel(turn: SwfTurn, { sender }: RequestCancel): void {
  recordNews(turn, 'WorkflowExecutionCancelRequested', {
    externalWorkflowExecution: sender?.execution,
    externalInitiatedEventId: sender?.initiatedEventId ?? 0,
  });
  if (sender === undefined) return;
  tell(turn, sender.execution, { type: 'cancel-delivered', initiatedEventId: sender.initiatedEventId });
}

export function terminate(turn: SwfTurn, { reason, details, childPolicy }: Terminate): void {
  close(turn, 'WorkflowExecutionTerminated', {
    reason,
    details,
    childPolicy: childPolicy ?? turn.state.configuration.childPolicy,
    cause: 'OPERATOR_INITIATED',
  });
}

export function endAtEventLimit(turn: SwfTurn): void {
  const { childPolicy } = turn.state.configuration;
  close(turn, 'WorkflowExecutionTerminated', { childPolicy, cause: 'EVENT_LIMIT_EXCEEDED' });
}

export function timeOutExecution(turn: SwfTurn): void {
  const { childPolicy } = turn.state.configuration;
  close(turn, 'WorkflowExecutionTimedOut', { timeoutType: 'START_TO_CLOSE', childPolicy });
}

/** Nothing happens to an execution that only has the child's name. */
export function applyChildPolicy(turn: SwfTurn, { policy, parent }: ApplyChildPolicy): void {
  const own = turn.state.parent;
  if (own?.runId !== parent.runId || own.initiatedEventId !== parent.initiatedEventId) return;
  if (policy === 'TERMINATE') {
    const childPolicy = policyOfTerminatedChild(turn.state);
    close(turn, 'WorkflowExecutionTerminated', { childPolicy, cause: 'CHILD_POLICY_APPLIED' });
  } else if (policy === 'REQUEST_CANCEL') {
    recordNews(turn, 'WorkflowExecutionCancelRequested', {
      externalWorkflowExecution: { workflowId: parent.workflowId, runId: parent.runId },
      externalInitiatedEventId: 0,
      cause: 'CHILD_POLICY_APPLIED',
    });
  }
}
