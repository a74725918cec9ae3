import type { Call } from '../../api.ts';
import type { ActivityTypeDetail, DescribeActivityTypeInput } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { findType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';
import { typeInfo } from '../views/type-info.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_DescribeActivityType.html */
export function describeActivityType(
  swf: Swf,
  input: DescribeActivityTypeInput,
  call: Call,
): ActivityTypeDetail {
  const { domain, activityType } = input;
  findDomain(swf, call, domain);
  const { document } = findType(swf, { world: call, domain, kind: 'ActivityType' }, activityType);
  const { name, version, defaults } = document;
  return { typeInfo: { activityType: { name, version }, ...typeInfo(document) }, configuration: defaults };
}
