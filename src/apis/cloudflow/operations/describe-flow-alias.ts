import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { findAlias } from '../resources/aliases.ts';
import { findFlow } from '../resources/flows.ts';
import { aliasView } from '../views/alias.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DescribeFlowAlias */
export function describeFlowAlias(cloudflow: Cloudflow, input: Input<'DescribeFlowAlias'>, call: Call) {
  const flow = findFlow(cloudflow, call, input.FlowName);
  return { Alias: aliasView(findAlias(cloudflow, { world: call, flow }, input.Name)) };
}
