import { type HistoryEvent, number, text } from './events.ts';

/** What a history has begun and not ended: the ids that events gave it, by the event that began it. */
export interface OpenWork {
  readonly activities: ReadonlyMap<number, string>;
  readonly timers: ReadonlyMap<number, string>;
  readonly children: ReadonlyMap<number, string>;
  /** Signals and cancel requests under way to other executions. */
  readonly messages: ReadonlyMap<number, string>;
}

type Kind = keyof OpenWork;

const BEGINS: Readonly<Record<string, readonly [Kind, id: string]>> = {
  ActivityTaskScheduled: ['activities', 'activityId'],
  TimerStarted: ['timers', 'timerId'],
  StartChildWorkflowExecutionInitiated: ['children', 'workflowId'],
  SignalExternalWorkflowExecutionInitiated: ['messages', 'workflowId'],
  RequestCancelExternalWorkflowExecutionInitiated: ['messages', 'workflowId'],
};

const ENDS: Readonly<Record<string, readonly [Kind, link: string]>> = {
  ...ends('activities', 'scheduledEventId', [
    'ActivityTaskCompleted',
    'ActivityTaskFailed',
    'ActivityTaskCanceled',
    'ActivityTaskTimedOut',
  ]),
  ...ends('timers', 'startedEventId', ['TimerFired', 'TimerCanceled']),
  ...ends('children', 'initiatedEventId', [
    'StartChildWorkflowExecutionFailed',
    'ChildWorkflowExecutionCompleted',
    'ChildWorkflowExecutionFailed',
    'ChildWorkflowExecutionCanceled',
    'ChildWorkflowExecutionTimedOut',
    'ChildWorkflowExecutionTerminated',
  ]),
  ...ends('messages', 'initiatedEventId', [
    'ExternalWorkflowExecutionSignaled',
    'ExternalWorkflowExecutionCancelRequested',
    'SignalExternalWorkflowExecutionFailed',
    'RequestCancelExternalWorkflowExecutionFailed',
  ]),
};

function ends(kind: Kind, link: string, types: readonly string[]) {
  return Object.fromEntries(types.map((type) => [type, [kind, link] as const]));
}

/** Reports what ends without having begun, or twice, to `wrong`. */
export function openWork(events: readonly HistoryEvent[], wrong: (why: string) => void = () => {}): OpenWork {
  const open = {
    activities: new Map<number, string>(),
    timers: new Map<number, string>(),
    children: new Map<number, string>(),
    messages: new Map<number, string>(),
  };
  for (const event of events) {
    const begun = BEGINS[event.eventType];
    if (begun !== undefined) open[begun[0]].set(event.eventId, text(event, begun[1]));
    const ended = ENDS[event.eventType];
    if (ended === undefined) continue;
    const beginning = number(event, ended[1]);
    // What failed at once, at the decision, never began.
    if (beginning !== 0 && !open[ended[0]].delete(beginning)) {
      wrong(`event ${event.eventId} ${event.eventType} ends what is not open: ${beginning}`);
    }
  }
  return open;
}

export function isIdle({ activities, timers, children, messages }: OpenWork): boolean {
  return activities.size + timers.size + children.size + messages.size === 0;
}
