import type { Text, WorkflowExecution } from '../values.ts';

/** Whom the decision named, and what the Failed event repeats of it. */
export interface ExternalTarget {
  readonly workflowId: string;
  readonly runId?: Text;
  readonly control?: Text;
  readonly decisionTaskCompletedEventId: number;
}

export interface UnreachedTarget extends ExternalTarget {
  readonly cause: string;
  readonly initiatedEventId: number;
}

interface ReachedTarget {
  readonly workflowExecution: WorkflowExecution;
  readonly initiatedEventId: number;
}

export interface ExternalEvents {
  SignalExternalWorkflowExecutionInitiated: ExternalTarget & {
    readonly signalName: string;
    readonly input?: Text;
  };
  SignalExternalWorkflowExecutionFailed: UnreachedTarget;
  ExternalWorkflowExecutionSignaled: ReachedTarget;
  RequestCancelExternalWorkflowExecutionInitiated: ExternalTarget;
  RequestCancelExternalWorkflowExecutionFailed: UnreachedTarget;
  ExternalWorkflowExecutionCancelRequested: ReachedTarget;
}
