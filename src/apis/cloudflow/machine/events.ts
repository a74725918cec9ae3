import type { JsonObject } from '../language/json.ts';

export type EventType =
  | 'ExecutionStarted'
  | 'ExecutionStopped'
  | 'ExecutionSucceeded'
  | 'ExecutionFailed'
  | 'ExecutionTimedOut'
  | 'StepEntered'
  | 'StepStarted'
  | 'StepSucceeded'
  | 'StepFailed'
  | 'StepExited'
  | 'BranchEntered'
  | 'BranchExited'
  | 'IterationEntered'
  | 'IterationExited'
  | 'TaskScheduled'
  | 'TaskStarted'
  | 'TaskSubmitted'
  | 'TaskSubmitFailed'
  | 'TaskSucceeded'
  | 'TaskFailed'
  | 'TaskTimedOut'
  | 'MapRunStarted'
  | 'MapRunSucceeded'
  | 'MapRunFailed'
  | 'MapRunStopped';

/** An event as it is stored; its number in the history is its EventId. */
export interface StoredEvent {
  readonly type: EventType;
  /** In epoch milliseconds. */
  readonly time: number;
  /** Empty for events of the execution itself. */
  readonly step: string;
  /** Id of the event that caused this one; 0 for the first. */
  readonly cause: number;
  /** What GetExecutionHistory shows as EventDetail. */
  readonly detail: JsonObject;
  /** What only the machine needs to know; no answer shows it. Its members are in `own.ts`. */
  readonly own?: JsonObject;
}
