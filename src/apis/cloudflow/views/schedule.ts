import type { ScheduleState } from '../schedules/state.ts';
import { timeText } from './times.ts';

export function scheduleView({ settings, scheduleId, createdAt, modifiedAt }: ScheduleState) {
  return {
    ScheduleId: scheduleId,
    ScheduleName: settings.name,
    CronExpression: settings.cron,
    Payload: settings.payload,
    Enable: settings.isEnabled,
    Description: settings.description,
    CreatedTime: timeText(createdAt),
    LastModifiedTime: timeText(modifiedAt),
  };
}
