import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { findFlow } from '../resources/flows.ts';
import { changeSchedule } from '../resources/schedules.ts';
import { scheduleView } from '../views/schedule.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/UpdateSchedule */
export function updateSchedule(cloudflow: Cloudflow, input: Input<'UpdateSchedule'>, call: Call) {
  const flow = findFlow(cloudflow, call, input.FlowName);
  const schedule = changeSchedule(
    cloudflow,
    { world: call, flow },
    {
      name: input.ScheduleName,
      ...(input.CronExpression !== undefined && { cron: input.CronExpression }),
      ...(input.Payload !== undefined && { payload: input.Payload }),
      ...(input.Enable !== undefined && { isEnabled: input.Enable }),
      ...(input.Description !== undefined && { description: input.Description }),
    },
  );
  return scheduleView(schedule);
}
