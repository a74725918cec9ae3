import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { pageOf } from '../pages.ts';
import { listFlows as allFlows } from '../resources/flows.ts';
import { flowView } from '../views/flow.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/ListFlows */
export function listFlows(cloudflow: Cloudflow, input: Input<'ListFlows'>, call: Call) {
  const { ResourceGroupId: group } = input;
  const flows = allFlows(cloudflow, call).filter(
    ({ resourceGroupId }) => group === undefined || resourceGroupId === group,
  );
  const { page, next } = pageOf(input, flows, ({ name }) => name);
  return { Flows: page.map((flow) => flowView(flow)), ...next };
}
