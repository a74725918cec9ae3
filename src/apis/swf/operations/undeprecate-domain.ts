import type { Call } from '../../api.ts';
import { fault } from '../faults.ts';
import type { UndeprecateDomainInput } from '../model/types.gen.ts';
import { findDomain, updateDomain } from '../resources/domains.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_UndeprecateDomain.html */
export function undeprecateDomain(swf: Swf, input: UndeprecateDomainInput, call: Call): void {
  const { document } = findDomain(swf, call, input.name);
  if (document.status === 'REGISTERED') throw fault('DomainAlreadyExistsFault', input.name);
  updateDomain(swf, call, { ...document, status: 'REGISTERED' });
}
