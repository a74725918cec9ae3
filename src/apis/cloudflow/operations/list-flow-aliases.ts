import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';
import { pageOf } from '../pages.ts';
import { listAliases } from '../resources/aliases.ts';
import { findFlow } from '../resources/flows.ts';
import { listedAliasView } from '../views/alias.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/ListFlowAliases */
export function listFlowAliases(cloudflow: Cloudflow, input: Input<'ListFlowAliases'>, call: Call) {
  const flow = findFlow(cloudflow, call, input.FlowName);
  const aliases = listAliases(cloudflow, { world: call, flow });
  const { page, next } = pageOf(input, aliases, ({ name }) => name);
  return { Aliases: page.map(listedAliasView), ...next };
}
