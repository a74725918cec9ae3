import type { HistoryEvent } from '@aws-sdk/client-swf';

type Events = readonly HistoryEvent[];

/** What the execution was started with. */
export function inputOf<Input>(events: Events): Input {
  return JSON.parse(events[0]?.workflowExecutionStartedEventAttributes?.input ?? 'null');
}

/** How often an activity was scheduled. */
export function attemptsAt(events: Events, activity: string): number {
  return scheduledEvents(events, activity).length;
}

/** The result of an activity; undefined while there is none. */
export function resultOf(events: Events, activity: string): string | undefined {
  const scheduled = scheduledEvents(events, activity).map(({ eventId }) => eventId);
  return events
    .map(({ activityTaskCompletedEventAttributes: completed }) => completed)
    .find((completed) => completed !== undefined && scheduled.includes(completed.scheduledEventId))?.result;
}

export function isSignaled(events: Events, signalName: string): boolean {
  return events.some((event) => event.workflowExecutionSignaledEventAttributes?.signalName === signalName);
}

export function has(events: Events, eventType: HistoryEvent['eventType']): boolean {
  return events.some((event) => event.eventType === eventType);
}

/** The last attempt at an activity has ended without a result. */
export function hasTimedOut(events: Events, activity: string): boolean {
  const last = scheduledEvents(events, activity).at(-1)?.eventId;
  return events.some((event) => event.activityTaskTimedOutEventAttributes?.scheduledEventId === last);
}

/** The result of the child execution; undefined until it has completed. */
export function childResult(events: Events): string | undefined {
  return events
    .map(({ childWorkflowExecutionCompletedEventAttributes: completed }) => completed)
    .find((completed) => completed !== undefined)?.result;
}

const FAILURES: Events[number]['eventType'][] = [
  'ActivityTaskFailed',
  'ScheduleActivityTaskFailed',
  'StartTimerFailed',
  'StartChildWorkflowExecutionFailed',
  'ChildWorkflowExecutionFailed',
  'ChildWorkflowExecutionTimedOut',
  'ChildWorkflowExecutionTerminated',
];

/** The first event after which there is no going on. */
export function failureIn(events: Events): string | undefined {
  return events.find(({ eventType }) => FAILURES.includes(eventType))?.eventType;
}

function scheduledEvents(events: Events, activity: string): Events {
  return events.filter(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === activity,
  );
}
