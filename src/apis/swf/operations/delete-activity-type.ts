import type { Call } from '../../api.ts';
import type { DeleteActivityTypeInput } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { deleteType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_DeleteActivityType.html */
export function deleteActivityType(swf: Swf, input: DeleteActivityTypeInput, call: Call): void {
  const { domain, activityType } = input;
  findDomain(swf, call, domain);
  deleteType(swf, { world: call, domain, kind: 'ActivityType' }, activityType);
}
