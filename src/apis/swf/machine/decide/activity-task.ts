import { Rejection } from '../../../../kernel/errors.ts';
import type {
  CancelActivityTask,
  CompleteActivityTask,
  FailActivityTask,
  RecordHeartbeat,
  StartActivityTask,
  StartedActivityTask,
} from '../commands.ts';
import { activityTimeout } from '../deadlines.ts';
import type { Activity } from '../state.ts';
import { record, recordNews, type SwfTurn } from './record.ts';

function unknownActivity(scheduledEventId: number): Rejection {
  return new Rejection('unknown-activity', `Unknown activity, scheduledEventId = ${scheduledEventId}`);
}

export function startActivityTask(turn: SwfTurn, command: StartActivityTask): StartedActivityTask {
  const { identity, state } = turn;
  const { scheduledEventId } = command;
  const activity = state.activities[scheduledEventId];
  const isAgain = command.again === true;
  if (activity === undefined || (activity.startedEventId !== 0) !== isAgain)
    throw unknownActivity(scheduledEventId);
  if (activity.cancelEventId !== 0 && !isAgain) throw unknownActivity(scheduledEventId);
  const { activityId, type, input } = activity;
  const startedEventId = isAgain
    ? activity.startedEventId
    : record(turn, 'ActivityTaskStarted', { identity: command.identity, scheduledEventId });
  return {
    workflowId: identity.name,
    runId: identity.id,
    activityId,
    activityType: type,
    scheduledEventId,
    startedEventId,
    input: input ?? undefined,
  };
}

function startedActivity(
  turn: SwfTurn,
  task: { scheduledEventId: number; startedEventId: number },
): Activity {
  const activity = turn.state.activities[task.scheduledEventId];
  if (
    activity === undefined ||
    task.startedEventId === 0 ||
    activity.startedEventId !== task.startedEventId
  ) {
    throw unknownActivity(task.scheduledEventId);
  }
  return activity;
}

export function recordHeartbeat(
  turn: SwfTurn,
  command: RecordHeartbeat,
): { readonly cancelRequested: boolean } {
  const activity = startedActivity(turn, command);
  const { scheduledEventId, details } = command;
  turn.note({ note: 'heartbeat', scheduledEventId, at: turn.now, details });
  return { cancelRequested: activity.cancelEventId !== 0 };
}

export function completeActivityTask(turn: SwfTurn, command: CompleteActivityTask): void {
  startedActivity(turn, command);
  const { scheduledEventId, startedEventId, result } = command;
  recordNews(turn, 'ActivityTaskCompleted', { result, scheduledEventId, startedEventId });
}

export function failActivityTask(turn: SwfTurn, command: FailActivityTask): void {
  startedActivity(turn, command);
  const { scheduledEventId, startedEventId, reason, details } = command;
  recordNews(turn, 'ActivityTaskFailed', { reason, details, scheduledEventId, startedEventId });
}

/** Accepted also when nobody asked for it. */
export function cancelActivityTask(turn: SwfTurn, command: CancelActivityTask): void {
  const { cancelEventId } = startedActivity(turn, command);
  const { scheduledEventId, startedEventId, details } = command;
  const latestCancelRequestedEventId = cancelEventId === 0 ? undefined : cancelEventId;
  recordNews(turn, 'ActivityTaskCanceled', {
    details,
    scheduledEventId,
    startedEventId,
    latestCancelRequestedEventId,
  });
}

/** Its deadline has passed, or it was cancelled before anybody started it. */
export function endDueActivity(turn: SwfTurn, scheduledEventId: number, activity: Activity): void {
  const { startedEventId, cancelEventId } = activity;
  if (startedEventId === 0 && cancelEventId !== 0) {
    recordNews(turn, 'ActivityTaskCanceled', {
      scheduledEventId,
      startedEventId,
      latestCancelRequestedEventId: cancelEventId,
    });
    return;
  }
  recordNews(turn, 'ActivityTaskTimedOut', {
    timeoutType: activityTimeout(activity),
    scheduledEventId,
    startedEventId,
    details: activity.details ?? undefined,
  });
}
