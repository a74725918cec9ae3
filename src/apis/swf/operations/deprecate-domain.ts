import type { Call } from '../../api.ts';
import type { DeprecateDomainInput } from '../model/types.gen.ts';
import { findActiveDomain, updateDomain } from '../resources/domains.ts';
import { deprecateAllTypes } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_DeprecateDomain.html */
export function deprecateDomain(swf: Swf, input: DeprecateDomainInput, call: Call): void {
  const domain = findActiveDomain(swf, call, input.name);
  updateDomain(swf, call, { ...domain, status: 'DEPRECATED' });
  deprecateAllTypes(swf, call, input.name);
}
