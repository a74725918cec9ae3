import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { versionInUse } from '../inferred.ts';
import type { Input } from '../model/parameters.ts';
import { listAliases } from '../resources/aliases.ts';
import { findFlow } from '../resources/flows.ts';
import { findVersion, removeVersion } from '../resources/versions.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DeleteFlowVersion */
export function deleteFlowVersion(cloudflow: Cloudflow, input: Input<'DeleteFlowVersion'>, call: Call): void {
  const home = { world: call, flow: findFlow(cloudflow, call, input.FlowName) };
  const version = findVersion(cloudflow, home, input.FlowVersion);
  const alias = listAliases(cloudflow, home).find(({ routes }) =>
    routes.some((route) => Number(route.Version) === version.number),
  );
  if (alias !== undefined) throw versionInUse(version.number, alias.name);
  removeVersion(cloudflow, home, version);
}
