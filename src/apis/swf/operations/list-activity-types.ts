import type { Call } from '../../api.ts';
import type { ActivityTypeInfos, ListActivityTypesInput } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { pageOfTypes } from '../resources/types.ts';
import type { Swf } from '../swf.ts';
import { typeInfo } from '../views/type-info.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_ListActivityTypes.html */
export function listActivityTypes(swf: Swf, input: ListActivityTypesInput, call: Call): ActivityTypeInfos {
  findDomain(swf, call, input.domain);
  const { items, ...next } = pageOfTypes(swf, { kind: 'ActivityType', input, call });
  const typeInfos = items.map((type) => ({
    activityType: { name: type.name, version: type.version },
    ...typeInfo(type),
  }));
  return { typeInfos, ...next };
}
