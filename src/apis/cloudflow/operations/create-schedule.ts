import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { isEnabledByDefault } from '../inferred.ts';
import type { Input } from '../model/parameters.ts';
import { findFlow } from '../resources/flows.ts';
import { addSchedule } from '../resources/schedules.ts';
import { scheduleView } from '../views/schedule.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/CreateSchedule */
export function createSchedule(cloudflow: Cloudflow, input: Input<'CreateSchedule'>, call: Call) {
  const flow = findFlow(cloudflow, call, input.FlowName);
  const schedule = addSchedule(
    cloudflow,
    { world: call, flow },
    {
      name: input.ScheduleName,
      cron: input.CronExpression,
      payload: input.Payload ?? '',
      isEnabled: input.Enable ?? isEnabledByDefault(),
      description: input.Description ?? '',
    },
  );
  return scheduleView(schedule);
}
