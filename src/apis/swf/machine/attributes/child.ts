import type { ExecutionConfiguration, Text, VersionedType, WorkflowExecution } from '../values.ts';

interface ClosedChild {
  readonly workflowExecution: WorkflowExecution;
  readonly workflowType: VersionedType;
  readonly initiatedEventId: number;
  readonly startedEventId: number;
}

export interface ChildEvents {
  StartChildWorkflowExecutionInitiated: ExecutionConfiguration & {
    readonly workflowId: string;
    readonly workflowType: VersionedType;
    readonly control?: Text;
    readonly input?: Text;
    readonly decisionTaskCompletedEventId: number;
    readonly tagList?: readonly string[] | undefined;
  };
  StartChildWorkflowExecutionFailed: {
    readonly workflowType: VersionedType;
    readonly cause: string;
    readonly workflowId: string;
    readonly initiatedEventId: number;
    readonly decisionTaskCompletedEventId: number;
    readonly control?: Text;
  };
  ChildWorkflowExecutionStarted: {
    readonly workflowExecution: WorkflowExecution;
    readonly workflowType: VersionedType;
    readonly initiatedEventId: number;
  };
  ChildWorkflowExecutionCompleted: ClosedChild & { readonly result?: Text };
  ChildWorkflowExecutionFailed: ClosedChild & { readonly reason?: Text; readonly details?: Text };
  ChildWorkflowExecutionCanceled: ClosedChild & { readonly details?: Text };
  ChildWorkflowExecutionTimedOut: ClosedChild & { readonly timeoutType: 'START_TO_CLOSE' };
  ChildWorkflowExecutionTerminated: ClosedChild;
}
