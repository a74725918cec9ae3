import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { fault } from '../faults.ts';
import type { Input } from '../model/parameters.ts';
import { lookUpAlias, putAlias } from '../resources/aliases.ts';
import { findFlow } from '../resources/flows.ts';
import { aliasView } from '../views/alias.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/CreateFlowAlias */
export function createFlowAlias(cloudflow: Cloudflow, input: Input<'CreateFlowAlias'>, call: Call) {
  const { Name: name, RoutingConfigurations: routes, Description: description = '' } = input;
  const home = { world: call, flow: findFlow(cloudflow, call, input.FlowName) };
  if (lookUpAlias(cloudflow, home, name) !== undefined) {
    throw fault('FlowAliasAlreadyExists', `Alias '${name}' of flow '${home.flow.name}' already exists.`);
  }
  const alias = { name, description, routes, createdAt: cloudflow.clock.now() };
  putAlias(cloudflow, home, alias);
  return { FlowName: home.flow.name, ...aliasView(alias) };
}
