import type { Call } from '../../api.ts';
import { awaitEnd } from '../await-end.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { findExecution, stateOf } from '../executions.ts';
import type { Input } from '../model/parameters.ts';
import { executionView } from '../views/execution.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DescribeExecution */
export async function describeExecution(cloudflow: Cloudflow, input: Input<'DescribeExecution'>, call: Call) {
  const { WaitTimeSeconds: wait = 0 } = input;
  const until = cloudflow.clock.now() + wait * 1000;
  const found = await findExecution(cloudflow, call, input);
  const isAwaited = wait > 0 && found.summary.endedAt === undefined;
  const shown = isAwaited ? await awaitEnd(cloudflow, found.identity.id, { until, call }) : found;
  return executionView(input.ExecutionName, stateOf(shown));
}
