import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { findAlias, removeAlias } from '../resources/aliases.ts';
import { findFlow } from '../resources/flows.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DeleteFlowAlias */
export function deleteFlowAlias(cloudflow: Cloudflow, input: Input<'DeleteFlowAlias'>, call: Call): void {
  const home = { world: call, flow: findFlow(cloudflow, call, input.FlowName) };
  removeAlias(cloudflow, home, findAlias(cloudflow, home, input.Name));
}
