import type { ActivityTimeoutType } from './attributes/activity-task.ts';
import { timeoutPrecedence } from './inferred.ts';
import type { Activity } from './state.ts';

const deadlines: Readonly<Record<ActivityTimeoutType, (activity: Activity) => number | null>> = {
  SCHEDULE_TO_START: (activity) => activity.startBy,
  SCHEDULE_TO_CLOSE: (activity) => activity.closeBy,
  START_TO_CLOSE: (activity) => activity.finishBy,
  HEARTBEAT: (activity) => activity.heartbeatBy,
};

/** The earlier of two times of which either may be never. */
export function earlier(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null || a <= b ? a : b;
}

/** The time at which the first of its timeouts ends. */
export function activityDeadline(activity: Activity): number | null {
  const { startBy, closeBy, finishBy, heartbeatBy } = activity;
  return earlier(earlier(startBy, closeBy), earlier(finishBy, heartbeatBy));
}

/** Which timeout ends first. */
export function activityTimeout(activity: Activity): ActivityTimeoutType {
  const due = activityDeadline(activity);
  return timeoutPrecedence.find((type) => deadlines[type](activity) === due) ?? 'SCHEDULE_TO_CLOSE';
}
