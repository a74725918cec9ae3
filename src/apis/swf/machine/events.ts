import type { ActivityTaskEvents } from './attributes/activity-task.ts';
import type { ChildEvents } from './attributes/child.ts';
import type { DecisionTaskEvents } from './attributes/decision-task.ts';
import type { ExecutionEvents } from './attributes/execution.ts';
import type { ExternalEvents } from './attributes/external.ts';
import type { LambdaEvents } from './attributes/lambda.ts';
import type { MarkerEvents } from './attributes/marker.ts';
import type { TimerEvents } from './attributes/timer.ts';
import type { Limits } from './values.ts';

/** Attributes of every event type, as on the wire. */
export interface EventAttributes
  extends ExecutionEvents,
    DecisionTaskEvents,
    ActivityTaskEvents,
    TimerEvents,
    MarkerEvents,
    ChildEvents,
    ExternalEvents,
    LambdaEvents {}

export type EventType = keyof EventAttributes;

/** One event exactly as SWF writes it; its attributes are under `<eventType>EventAttributes`, first letter small. */
export interface HistoryEvent {
  /** Epoch seconds. */
  readonly eventTimestamp: number;
  readonly eventType: EventType;
  readonly eventId: number;
  readonly [attributes: AttributesKey]: unknown;
}

/** What changes the state without being in the history. */
export type Note =
  | {
      readonly note: 'configured';
      readonly scope: string;
      readonly retentionDays: number;
      readonly limits?: Limits | undefined;
    }
  | {
      readonly note: 'heartbeat';
      readonly scheduledEventId: number;
      readonly at: number;
      readonly details?: string | undefined;
    };

export type SwfEvent = HistoryEvent | Note;

const eventTypes = [
  'WorkflowExecutionStarted',
  'WorkflowExecutionCancelRequested',
  'WorkflowExecutionCompleted',
  'CompleteWorkflowExecutionFailed',
  'WorkflowExecutionFailed',
  'FailWorkflowExecutionFailed',
  'WorkflowExecutionTimedOut',
  'WorkflowExecutionCanceled',
  'CancelWorkflowExecutionFailed',
  'WorkflowExecutionContinuedAsNew',
  'ContinueAsNewWorkflowExecutionFailed',
  'WorkflowExecutionTerminated',
  'DecisionTaskScheduled',
  'DecisionTaskStarted',
  'DecisionTaskCompleted',
  'DecisionTaskTimedOut',
  'ActivityTaskScheduled',
  'ScheduleActivityTaskFailed',
  'ActivityTaskStarted',
  'ActivityTaskCompleted',
  'ActivityTaskFailed',
  'ActivityTaskTimedOut',
  'ActivityTaskCanceled',
  'ActivityTaskCancelRequested',
  'RequestCancelActivityTaskFailed',
  'WorkflowExecutionSignaled',
  'MarkerRecorded',
  'RecordMarkerFailed',
  'TimerStarted',
  'StartTimerFailed',
  'TimerFired',
  'TimerCanceled',
  'CancelTimerFailed',
  'StartChildWorkflowExecutionInitiated',
  'StartChildWorkflowExecutionFailed',
  'ChildWorkflowExecutionStarted',
  'ChildWorkflowExecutionCompleted',
  'ChildWorkflowExecutionFailed',
  'ChildWorkflowExecutionTimedOut',
  'ChildWorkflowExecutionCanceled',
  'ChildWorkflowExecutionTerminated',
  'SignalExternalWorkflowExecutionInitiated',
  'SignalExternalWorkflowExecutionFailed',
  'ExternalWorkflowExecutionSignaled',
  'RequestCancelExternalWorkflowExecutionInitiated',
  'RequestCancelExternalWorkflowExecutionFailed',
  'ExternalWorkflowExecutionCancelRequested',
  'LambdaFunctionScheduled',
  'LambdaFunctionStarted',
  'LambdaFunctionCompleted',
  'LambdaFunctionFailed',
  'LambdaFunctionTimedOut',
  'ScheduleLambdaFunctionFailed',
  'StartLambdaFunctionFailed',
] as const satisfies readonly EventType[];

type AttributesKey = `${string}EventAttributes`;

const keys: ReadonlyMap<string, AttributesKey> = new Map(
  eventTypes.map((type): [string, AttributesKey] => [
    type,
    `${type.charAt(0).toLowerCase()}${type.slice(1)}EventAttributes`,
  ]),
);

/** Name of the member that holds the attributes of events of this type. */
export function attributesKey(eventType: EventType): AttributesKey {
  return keys.get(eventType) ?? `${eventType}EventAttributes`;
}

/** When the event was recorded, in epoch milliseconds. */
export function timeOf(event: HistoryEvent): number {
  return Math.round(event.eventTimestamp * 1000);
}
