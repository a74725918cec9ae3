import type { DecisionAttributes } from '../decisions.ts';
import { idKey } from '../state.ts';
import { type RegisteredActivityType, typeKey } from '../types.ts';
import type { TaskList, Text } from '../values.ts';
import { type Batch, fail } from './batch.ts';
import { limitsOf, record } from './record.ts';

type Schedule = DecisionAttributes['ScheduleActivityTask'];

interface Resolved {
  readonly taskList: TaskList;
  readonly taskPriority: Text;
  readonly scheduleToStartTimeout: string;
  readonly scheduleToCloseTimeout: string;
  readonly startToCloseTimeout: string;
  readonly heartbeatTimeout: string;
}

export function scheduleActivityTask(batch: Batch, attributes: Schedule, denied: string | undefined): void {
  const { turn, completedId: decisionTaskCompletedEventId, types } = batch;
  const { activityType, activityId, control, input } = attributes;
  const type = types.activity[typeKey(activityType)];
  const resolved = denied ?? resolve(batch, attributes, type);
  if (typeof resolved === 'string') {
    const cause = resolved;
    fail(batch, 'ScheduleActivityTaskFailed', {
      activityType,
      activityId,
      cause,
      decisionTaskCompletedEventId,
    });
    return;
  }
  record(turn, 'ActivityTaskScheduled', {
    activityType,
    activityId,
    input,
    control,
    scheduleToStartTimeout: resolved.scheduleToStartTimeout,
    scheduleToCloseTimeout: resolved.scheduleToCloseTimeout,
    startToCloseTimeout: resolved.startToCloseTimeout,
    heartbeatTimeout: resolved.heartbeatTimeout,
    taskList: resolved.taskList,
    taskPriority: resolved.taskPriority,
    decisionTaskCompletedEventId,
  });
}

/** What the decision and the type's defaults come to, or the cause of the failure. */
function resolve(
  { turn: { state }, tooFast }: Batch,
  given: Schedule,
  type: RegisteredActivityType | undefined,
): Resolved | string {
  if (type === undefined) return 'ACTIVITY_TYPE_DOES_NOT_EXIST';
  if (type.status === 'DEPRECATED') return 'ACTIVITY_TYPE_DEPRECATED';
  if (state.activityIds[idKey(given.activityId)] !== undefined) return 'ACTIVITY_ID_ALREADY_IN_USE';
  const taskList = given.taskList ?? type.defaultTaskList;
  const scheduleToStartTimeout = given.scheduleToStartTimeout ?? type.defaultTaskScheduleToStartTimeout;
  const scheduleToCloseTimeout = given.scheduleToCloseTimeout ?? type.defaultTaskScheduleToCloseTimeout;
  const startToCloseTimeout = given.startToCloseTimeout ?? type.defaultTaskStartToCloseTimeout;
  const heartbeatTimeout = given.heartbeatTimeout ?? type.defaultTaskHeartbeatTimeout;
  if (taskList === undefined) return 'DEFAULT_TASK_LIST_UNDEFINED';
  if (scheduleToStartTimeout === undefined) return 'DEFAULT_SCHEDULE_TO_START_TIMEOUT_UNDEFINED';
  if (scheduleToCloseTimeout === undefined) return 'DEFAULT_SCHEDULE_TO_CLOSE_TIMEOUT_UNDEFINED';
  if (startToCloseTimeout === undefined) return 'DEFAULT_START_TO_CLOSE_TIMEOUT_UNDEFINED';
  if (heartbeatTimeout === undefined) return 'DEFAULT_HEARTBEAT_TIMEOUT_UNDEFINED';
  if (state.open.activities >= limitsOf(state).openActivities) return 'OPEN_ACTIVITIES_LIMIT_EXCEEDED';
  if (tooFast !== undefined) return tooFast;
  const taskPriority = given.taskPriority ?? type.defaultTaskPriority;
  return {
    taskList,
    taskPriority,
    scheduleToStartTimeout,
    scheduleToCloseTimeout,
    startToCloseTimeout,
    heartbeatTimeout,
  };
}

/** A task that nobody has started is cancelled by the next tick, after the batch. */
export function requestCancelActivityTask(
  batch: Batch,
  { activityId }: DecisionAttributes['RequestCancelActivityTask'],
  denied: string | undefined,
): void {
  const { turn, completedId: decisionTaskCompletedEventId } = batch;
  const isOpen = turn.state.activityIds[idKey(activityId)] !== undefined;
  const cause = denied ?? (isOpen ? undefined : 'ACTIVITY_ID_UNKNOWN');
  if (cause !== undefined) {
    fail(batch, 'RequestCancelActivityTaskFailed', { activityId, cause, decisionTaskCompletedEventId });
    return;
  }
  record(turn, 'ActivityTaskCancelRequested', { activityId, decisionTaskCompletedEventId });
}
