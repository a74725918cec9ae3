import type {
  ChildPolicy,
  ExecutionConfiguration,
  Text,
  VersionedType,
  WorkflowExecution,
} from '../values.ts';

type Tags = readonly string[] | undefined;

export interface ExecutionEvents {
  WorkflowExecutionStarted: ExecutionConfiguration & {
    readonly input?: Text;
    readonly workflowType: VersionedType;
    readonly tagList?: Tags;
    readonly continuedExecutionRunId?: Text;
    readonly parentWorkflowExecution?: WorkflowExecution | undefined;
    readonly parentInitiatedEventId: number;
  };
  WorkflowExecutionSignaled: {
    readonly signalName: string;
    readonly input?: Text;
    readonly externalWorkflowExecution?: WorkflowExecution | undefined;
    readonly externalInitiatedEventId: number;
  };
  WorkflowExecutionCancelRequested: {
    readonly externalWorkflowExecution?: WorkflowExecution | undefined;
    readonly externalInitiatedEventId: number;
    readonly cause?: 'CHILD_POLICY_APPLIED' | undefined;
  };
  WorkflowExecutionCompleted: { readonly result?: Text; readonly decisionTaskCompletedEventId: number };
  WorkflowExecutionFailed: {
    readonly reason?: Text;
    readonly details?: Text;
    readonly decisionTaskCompletedEventId: number;
  };
  WorkflowExecutionCanceled: { readonly details?: Text; readonly decisionTaskCompletedEventId: number };
  WorkflowExecutionTimedOut: { readonly timeoutType: 'START_TO_CLOSE'; readonly childPolicy: ChildPolicy };
  WorkflowExecutionTerminated: {
    readonly reason?: Text;
    readonly details?: Text;
    readonly childPolicy: ChildPolicy;
    readonly cause: 'OPERATOR_INITIATED' | 'CHILD_POLICY_APPLIED' | 'EVENT_LIMIT_EXCEEDED';
  };
  WorkflowExecutionContinuedAsNew: ExecutionConfiguration & {
    readonly input?: Text;
    readonly decisionTaskCompletedEventId: number;
    readonly newExecutionRunId: string;
    readonly tagList?: Tags;
    readonly workflowType: VersionedType;
  };
  CompleteWorkflowExecutionFailed: RefusedClose;
  FailWorkflowExecutionFailed: RefusedClose;
  CancelWorkflowExecutionFailed: RefusedClose;
  ContinueAsNewWorkflowExecutionFailed: RefusedClose;
}

interface RefusedClose {
  readonly cause: string;
  readonly decisionTaskCompletedEventId: number;
}
