import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { findFlow } from '../resources/flows.ts';
import { findSchedule } from '../resources/schedules.ts';
import { scheduleView } from '../views/schedule.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DescribeSchedule */
export function describeSchedule(cloudflow: Cloudflow, input: Input<'DescribeSchedule'>, call: Call) {
  const flow = findFlow(cloudflow, call, input.FlowName);
  return scheduleView(findSchedule(cloudflow, { world: call, flow }, input.ScheduleName));
}
