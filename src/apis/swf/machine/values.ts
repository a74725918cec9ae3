export interface WorkflowExecution {
  readonly workflowId: string;
  readonly runId: string;
}

/** A workflow or activity type. */
export interface VersionedType {
  readonly name: string;
  readonly version: string;
}

export interface TaskList {
  readonly name: string;
}

export type ChildPolicy = 'TERMINATE' | 'REQUEST_CANCEL' | 'ABANDON';

export type CloseStatus =
  | 'COMPLETED'
  | 'FAILED'
  | 'CANCELED'
  | 'TERMINATED'
  | 'CONTINUED_AS_NEW'
  | 'TIMED_OUT';

/** An optional text member; one that is undefined is absent from the JSON. */
export type Text = string | undefined;

/** How an execution runs, all defaults resolved; durations are seconds or NONE, as on the wire. */
export interface ExecutionConfiguration {
  readonly taskList: TaskList;
  readonly taskPriority?: Text;
  readonly executionStartToCloseTimeout: string;
  readonly taskStartToCloseTimeout: string;
  readonly childPolicy: ChildPolicy;
  readonly lambdaRole?: Text;
}

/** The parent of a child execution, and the StartChildWorkflowExecutionInitiated event in the parent's history. */
export interface ParentLink extends WorkflowExecution {
  readonly initiatedEventId: number;
}

/** Structural quotas of one execution. */
export interface Limits {
  readonly events: number;
  readonly openActivities: number;
  readonly openTimers: number;
  readonly openChildren: number;
  readonly openLambdas: number;
}

export const defaultLimits: Limits = {
  events: 25_000,
  openActivities: 1_000,
  openTimers: 1_000,
  openChildren: 1_000,
  openLambdas: 1_000,
};

/** Milliseconds of a duration on the wire; null for NONE or an absent one. */
export function durationMs(seconds: Text): number | null {
  return seconds === undefined || seconds === 'NONE' ? null : Number(seconds) * 1000;
}
