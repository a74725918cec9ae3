import type { TaskList, Text } from '../values.ts';

export interface DecisionTaskEvents {
  DecisionTaskScheduled: {
    readonly taskList: TaskList;
    readonly taskPriority?: Text;
    readonly startToCloseTimeout: string;
    readonly scheduleToStartTimeout: string;
  };
  DecisionTaskStarted: { readonly identity?: Text; readonly scheduledEventId: number };
  DecisionTaskCompleted: {
    readonly executionContext?: Text;
    readonly scheduledEventId: number;
    readonly startedEventId: number;
    readonly taskList?: TaskList | undefined;
    readonly taskListScheduleToStartTimeout?: Text;
  };
  DecisionTaskTimedOut: {
    readonly timeoutType: 'START_TO_CLOSE' | 'SCHEDULE_TO_START';
    readonly scheduledEventId: number;
    readonly startedEventId: number;
  };
}
