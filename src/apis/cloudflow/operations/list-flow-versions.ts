import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { pageOf } from '../pages.ts';
import { findFlow } from '../resources/flows.ts';
import { listVersions, versionKey } from '../resources/versions.ts';
import { versionView } from '../views/version.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/ListFlowVersions */
export function listFlowVersions(cloudflow: Cloudflow, input: Input<'ListFlowVersions'>, call: Call) {
  const flow = findFlow(cloudflow, call, input.FlowName);
  const versions = listVersions(cloudflow, { world: call, flow });
  const { page, next } = pageOf(input, versions, ({ number }) => versionKey(number));
  return { FlowVersions: page.map(versionView), ...next };
}
