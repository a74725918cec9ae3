import type { Call } from '../../api.ts';
import type { DeprecateActivityTypeInput } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { deprecateType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_DeprecateActivityType.html */
export function deprecateActivityType(swf: Swf, input: DeprecateActivityTypeInput, call: Call): void {
  const { domain, activityType } = input;
  findDomain(swf, call, domain);
  deprecateType(swf, { world: call, domain, kind: 'ActivityType' }, activityType);
}
