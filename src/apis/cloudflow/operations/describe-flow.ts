import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { findFlow } from '../resources/flows.ts';
import { qualified } from '../resources/qualifiers.ts';
import { flowView } from '../views/flow.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DescribeFlow */
export function describeFlow(cloudflow: Cloudflow, input: Input<'DescribeFlow'>, call: Call) {
  const flow = findFlow(cloudflow, call, input.Name);
  return flowView(flow, qualified(cloudflow, { world: call, flow }, input.FlowVersion));
}
