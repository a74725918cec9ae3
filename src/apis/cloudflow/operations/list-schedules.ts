import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { pageOf } from '../pages.ts';
import { findFlow } from '../resources/flows.ts';
import { listSchedules as allSchedules } from '../resources/schedules.ts';
import { scheduleView } from '../views/schedule.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/ListSchedules */
export function listSchedules(cloudflow: Cloudflow, input: Input<'ListSchedules'>, call: Call) {
  const flow = findFlow(cloudflow, call, input.FlowName);
  const schedules = allSchedules(cloudflow, { world: call, flow });
  const { page, next } = pageOf(input, schedules, ({ settings }) => settings.name);
  return { Schedules: page.map(scheduleView), ...next };
}
