import { activityDeadline } from '../deadlines.ts';
import { type EventAttributes, type HistoryEvent, type Note, timeOf } from '../events.ts';
import { heartbeatDetails } from '../inferred.ts';
import { type Activity, idKey, type SwfState } from '../state.ts';
import { durationMs } from '../values.ts';
import { type Evolvers, unchanged } from './evolver.ts';

type Scheduled = EventAttributes['ActivityTaskScheduled'];

function after(time: number, duration: number | null): number | null {
  return duration === null ? null : time + duration;
}

function scheduled(state: SwfState, attributes: Scheduled, event: HistoryEvent): void {
  const { activityId, activityType, taskList, taskPriority, input } = attributes;
  const scheduledAt = timeOf(event);
  const activity: Activity = {
    activityId,
    type: activityType,
    taskList: taskList.name,
    priority: Number(taskPriority ?? 0),
    scheduledAt,
    input: input ?? null,
    startedEventId: 0,
    cancelEventId: 0,
    details: null,
    startToClose: durationMs(attributes.startToCloseTimeout),
    heartbeat: durationMs(attributes.heartbeatTimeout),
    startBy: after(scheduledAt, durationMs(attributes.scheduleToStartTimeout)),
    closeBy: after(scheduledAt, durationMs(attributes.scheduleToCloseTimeout)),
    finishBy: null,
    heartbeatBy: null,
    due: null,
  };
  activity.due = activityDeadline(activity);
  state.activities[event.eventId] = activity;
  state.activityIds[idKey(activityId)] = event.eventId;
  state.open.activities += 1;
  state.latestActivityAt = scheduledAt;
}

function started(
  state: SwfState,
  { scheduledEventId }: EventAttributes['ActivityTaskStarted'],
  event: HistoryEvent,
): void {
  const startedAt = timeOf(event);
  state.latestActivityAt = startedAt;
  const activity = state.activities[scheduledEventId];
  if (activity === undefined) return;
  activity.startedEventId = event.eventId;
  activity.input = null;
  activity.startBy = null;
  activity.finishBy = after(startedAt, activity.startToClose);
  activity.heartbeatBy = after(startedAt, activity.heartbeat);
  activity.due = activityDeadline(activity);
}

function closed(
  state: SwfState,
  { scheduledEventId }: { readonly scheduledEventId: number },
  event: HistoryEvent,
): void {
  state.latestActivityAt = timeOf(event);
  const activity = state.activities[scheduledEventId];
  if (activity === undefined) return;
  delete state.activities[scheduledEventId];
  delete state.activityIds[idKey(activity.activityId)];
  state.open.activities -= 1;
}

function cancelRequested(
  state: SwfState,
  { activityId }: EventAttributes['ActivityTaskCancelRequested'],
  event: HistoryEvent,
): void {
  const time = timeOf(event);
  state.latestActivityAt = time;
  const activity = state.activities[state.activityIds[idKey(activityId)] ?? 0];
  if (activity === undefined) return;
  activity.cancelEventId = event.eventId;
  if (activity.startedEventId === 0) activity.due = time;
}

export function heartbeat(state: SwfState, note: Extract<Note, { note: 'heartbeat' }>): void {
  const activity = state.activities[note.scheduledEventId];
  if (activity === undefined) return;
  activity.details = heartbeatDetails(activity, note.details);
  activity.heartbeatBy = after(note.at, activity.heartbeat);
  activity.due = activityDeadline(activity);
}

export const activityTaskEvolvers = {
  ActivityTaskScheduled: scheduled,
  ActivityTaskStarted: started,
  ActivityTaskCompleted: closed,
  ActivityTaskFailed: closed,
  ActivityTaskTimedOut: closed,
  ActivityTaskCanceled: closed,
  ActivityTaskCancelRequested: cancelRequested,
  ScheduleActivityTaskFailed: unchanged,
  RequestCancelActivityTaskFailed: unchanged,
} satisfies Partial<Evolvers>;
