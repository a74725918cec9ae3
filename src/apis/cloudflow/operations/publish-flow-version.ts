import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { findFlow } from '../resources/flows.ts';
import { publishVersion } from '../resources/versions.ts';
import { versionView } from '../views/version.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/PublishFlowVersion */
export function publishFlowVersion(cloudflow: Cloudflow, input: Input<'PublishFlowVersion'>, call: Call) {
  const flow = findFlow(cloudflow, call, input.FlowName);
  const version = publishVersion(cloudflow, { world: call, flow }, input.Description ?? '');
  return { FlowName: flow.name, ...versionView(version) };
}
