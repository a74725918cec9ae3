import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import { findMapRun } from '../map-runs.ts';
import type { Input } from '../model/parameters.ts';
import { mapRunView } from '../views/map-run.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DescribeMapRun */
export async function describeMapRun(cloudflow: Cloudflow, input: Input<'DescribeMapRun'>, call: Call) {
  const { run } = await findMapRun(cloudflow, call, input);
  return mapRunView(input.ExecutionName, run);
}
