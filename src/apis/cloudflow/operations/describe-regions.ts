import type { Call } from '../../api.ts';
import type { Cloudflow } from '../cloudflow.ts';
import type { Input } from '../model/parameters.ts';

/** https://api.aliyun.com/document/fnf/2019-03-15/DescribeRegions */
export function describeRegions(cloudflow: Cloudflow, _input: Input<'DescribeRegions'>, call: Call) {
  const own = { RegionId: call.region, LocalName: call.region, RegionEndpoint: cloudflow.endpoint() };
  return { Regions: { Region: [own] } };
}
