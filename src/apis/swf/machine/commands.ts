import type { EffectOutcome } from '../../../kernel/machine.ts';
import type { UnreachedTarget } from './attributes/external.ts';
import type { Decision } from './decisions.ts';
import type { TypeLookups } from './types.ts';
import type {
  ChildPolicy,
  ExecutionConfiguration,
  Limits,
  ParentLink,
  TaskList,
  Text,
  VersionedType,
  WorkflowExecution,
} from './values.ts';

/** Begins an execution; replies `{ runId }`. */
export interface Start extends ExecutionConfiguration {
  readonly type: 'start';
  readonly workflowType: VersionedType;
  readonly input?: Text;
  readonly tagList?: readonly string[] | undefined;
  readonly retentionDays: number;
  readonly limits?: Limits | undefined;
  readonly parent?: ParentLink | undefined;
  readonly continuedExecutionRunId?: Text;
}

/** Hands out the decision task; replies a `StartedDecisionTask`. */
export interface StartDecisionTask {
  readonly type: 'start-decision-task';
  readonly scheduledEventId: number;
  /** It was handed to a client who had left: give the same task to another one. */
  readonly again?: boolean;
  readonly identity?: Text;
}

export interface StartedDecisionTask {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: VersionedType;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  /** 0 for the first task. */
  readonly previousStartedEventId: number;
}

/** Applies decisions that have passed `checkDecisions`. */
export interface CompleteDecisionTask {
  readonly type: 'complete-decision-task';
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly decisions: readonly Decision[];
  readonly executionContext?: Text;
  readonly taskList?: TaskList | undefined;
  readonly taskListScheduleToStartTimeout?: Text;
  /** Of the types that `referencedTypes` named; may be left out when it named none. */
  readonly types?: TypeLookups | undefined;
  /** Decisions that fail without being tried: their index and the cause, for example OPERATION_NOT_PERMITTED. */
  readonly denied?: Readonly<Record<number, string>> | undefined;
  /** Decisions that come too fast, in the same form: their cause unless they fail for another one. */
  readonly tooFast?: Readonly<Record<number, string>> | undefined;
}

/** Hands out an activity task; replies a `StartedActivityTask`. */
export interface StartActivityTask {
  readonly type: 'start-activity-task';
  readonly scheduledEventId: number;
  /** It was handed to a client who had left: give the same task, without its input, to another one. */
  readonly again?: boolean;
  readonly identity?: Text;
}

export interface StartedActivityTask {
  readonly workflowId: string;
  readonly runId: string;
  readonly activityId: string;
  readonly activityType: VersionedType;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly input?: Text;
}

interface OfActivity {
  readonly scheduledEventId: number;
  readonly startedEventId: number;
}

/** Replies `{ cancelRequested }`. */
export interface RecordHeartbeat extends OfActivity {
  readonly type: 'record-heartbeat';
  readonly details?: Text;
}

export interface CompleteActivityTask extends OfActivity {
  readonly type: 'complete-activity-task';
  readonly result?: Text;
}

export interface FailActivityTask extends OfActivity {
  readonly type: 'fail-activity-task';
  readonly reason?: Text;
  readonly details?: Text;
}

export interface CancelActivityTask extends OfActivity {
  readonly type: 'cancel-activity-task';
  readonly details?: Text;
}

/** An execution that sent something, and the Initiated event in its history. */
export interface Sender {
  readonly execution: WorkflowExecution;
  readonly initiatedEventId: number;
}

export interface Signal {
  readonly type: 'signal';
  readonly signalName: string;
  readonly input?: Text;
  readonly sender?: Sender | undefined;
}

export interface RequestCancel {
  readonly type: 'request-cancel';
  readonly sender?: Sender | undefined;
}

export interface Terminate {
  readonly type: 'terminate';
  readonly reason?: Text;
  readonly details?: Text;
  readonly childPolicy?: ChildPolicy | undefined;
}

export interface Tick {
  readonly type: 'tick';
}

export interface FinishLambda {
  readonly type: 'finish-lambda';
  readonly scheduledEventId: number;
  readonly outcome: EffectOutcome;
}

export interface ChildStarted {
  readonly type: 'child-started';
  readonly initiatedEventId: number;
  readonly execution: WorkflowExecution;
}

export interface ChildStartFailed {
  readonly type: 'child-start-failed';
  readonly initiatedEventId: number;
  readonly decisionTaskCompletedEventId: number;
  readonly workflowId: string;
  readonly workflowType: VersionedType;
  readonly cause: string;
  readonly control?: Text;
}

export type ChildOutcome =
  | { readonly as: 'Completed'; readonly result?: Text }
  | { readonly as: 'Failed'; readonly reason?: Text; readonly details?: Text }
  | { readonly as: 'Canceled'; readonly details?: Text }
  | { readonly as: 'TimedOut'; readonly timeoutType: 'START_TO_CLOSE' }
  | { readonly as: 'Terminated' };

export interface ChildClosed {
  readonly type: 'child-closed';
  readonly initiatedEventId: number;
  readonly execution: WorkflowExecution;
  readonly workflowType: VersionedType;
  readonly outcome: ChildOutcome;
}

export interface ExternalSignaled {
  readonly type: 'external-signaled';
  readonly initiatedEventId: number;
  readonly execution: WorkflowExecution;
}

export interface SignalFailed {
  readonly type: 'signal-failed';
  readonly target: UnreachedTarget;
}

export interface CancelDelivered {
  readonly type: 'cancel-delivered';
  readonly initiatedEventId: number;
  readonly execution: WorkflowExecution;
}

export interface CancelFailed {
  readonly type: 'cancel-failed';
  readonly target: UnreachedTarget;
}

/** A parent has closed; concerns only the execution with exactly this parent link. */
export interface ApplyChildPolicy {
  readonly type: 'apply-child-policy';
  readonly policy: ChildPolicy;
  readonly parent: ParentLink;
}

export type SwfCommand =
  | Start
  | StartDecisionTask
  | CompleteDecisionTask
  | StartActivityTask
  | RecordHeartbeat
  | CompleteActivityTask
  | FailActivityTask
  | CancelActivityTask
  | Signal
  | RequestCancel
  | Terminate
  | Tick
  | FinishLambda
  | ChildStarted
  | ChildStartFailed
  | ChildClosed
  | ExternalSignaled
  | SignalFailed
  | CancelDelivered
  | CancelFailed
  | ApplyChildPolicy;
