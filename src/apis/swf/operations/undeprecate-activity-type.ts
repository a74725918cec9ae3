import type { Call } from '../../api.ts';
import type { UndeprecateActivityTypeInput } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { undeprecateType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_UndeprecateActivityType.html */
export function undeprecateActivityType(swf: Swf, input: UndeprecateActivityTypeInput, call: Call): void {
  const { domain, activityType } = input;
  findDomain(swf, call, domain);
  undeprecateType(swf, { world: call, domain, kind: 'ActivityType' }, activityType);
}
