import type { TaskList, Text, VersionedType } from '../values.ts';

export type ActivityTimeoutType = 'SCHEDULE_TO_START' | 'SCHEDULE_TO_CLOSE' | 'START_TO_CLOSE' | 'HEARTBEAT';

interface ClosedActivity {
  readonly scheduledEventId: number;
  readonly startedEventId: number;
}

export interface ActivityTaskEvents {
  ActivityTaskScheduled: {
    readonly activityType: VersionedType;
    readonly activityId: string;
    readonly input?: Text;
    readonly control?: Text;
    readonly scheduleToStartTimeout: string;
    readonly scheduleToCloseTimeout: string;
    readonly startToCloseTimeout: string;
    readonly heartbeatTimeout: string;
    readonly taskList: TaskList;
    readonly taskPriority?: Text;
    readonly decisionTaskCompletedEventId: number;
  };
  ActivityTaskStarted: { readonly identity?: Text; readonly scheduledEventId: number };
  ActivityTaskCompleted: ClosedActivity & { readonly result?: Text };
  ActivityTaskFailed: ClosedActivity & { readonly reason?: Text; readonly details?: Text };
  ActivityTaskTimedOut: ClosedActivity & {
    readonly timeoutType: ActivityTimeoutType;
    readonly details?: Text;
  };
  ActivityTaskCanceled: ClosedActivity & {
    readonly details?: Text;
    readonly latestCancelRequestedEventId?: number | undefined;
  };
  ActivityTaskCancelRequested: { readonly activityId: string; readonly decisionTaskCompletedEventId: number };
  ScheduleActivityTaskFailed: {
    readonly activityType: VersionedType;
    readonly activityId: string;
    readonly cause: string;
    readonly decisionTaskCompletedEventId: number;
  };
  RequestCancelActivityTaskFailed: {
    readonly activityId: string;
    readonly cause: string;
    readonly decisionTaskCompletedEventId: number;
  };
}
