import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { stateOf } from '../executions.ts';
import type { Input } from '../model/parameters.ts';
import { DEFAULT_PAGE } from '../pages.ts';
import { findFlow } from '../resources/flows.ts';
import { executionMetadata, executionView } from '../views/execution.ts';
import { readFilter } from '../views/execution-filter.ts';
import { listFound, type Place } from '../views/execution-list.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/ListExecutions */
export async function listExecutions(cloudflow: Cloudflow, input: Input<'ListExecutions'>, call: Call) {
  const { NextToken: token, Limit: limit = DEFAULT_PAGE, MetadataOnly: isShort = false } = input;
  const flow = findFlow(cloudflow, call, input.FlowName);
  const filter = readFilter(input);
  const query = JSON.stringify([call.account, call.region, flow.id, filter]);
  const after = token === undefined ? undefined : (cloudflow.pageTokens.read(query, token) as Place);
  const { found, next } = await listFound(cloudflow, { world: call, flow }, { filter, limit, after });
  return {
    Executions: found.map((execution) =>
      (isShort ? executionMetadata : executionView)(execution.identity.name, stateOf(execution)),
    ),
    ...(next !== undefined && { NextToken: cloudflow.pageTokens.write(query, next) }),
  };
}
