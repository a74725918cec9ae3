import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { findFlow } from '../resources/flows.ts';
import { removeSchedule } from '../resources/schedules.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DeleteSchedule */
export function deleteSchedule(cloudflow: Cloudflow, input: Input<'DeleteSchedule'>, call: Call): void {
  const flow = findFlow(cloudflow, call, input.FlowName);
  removeSchedule(cloudflow, { world: call, flow }, input.ScheduleName);
}
