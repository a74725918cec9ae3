import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { findAlias, putAlias } from '../resources/aliases.ts';
import { findFlow } from '../resources/flows.ts';
import { aliasView } from '../views/alias.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/UpdateFlowAlias */
export function updateFlowAlias(cloudflow: Cloudflow, input: Input<'UpdateFlowAlias'>, call: Call) {
  const home = { world: call, flow: findFlow(cloudflow, call, input.FlowName) };
  const { description, routes, ...alias } = findAlias(cloudflow, home, input.Name);
  const changed = {
    ...alias,
    description: input.Description ?? description,
    routes: input.RoutingConfigurations ?? routes,
  };
  putAlias(cloudflow, home, changed);
  return { Alias: aliasView(changed) };
}
