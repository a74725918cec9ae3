import type { Call } from '../../api.ts';
import { fault } from '../faults.ts';
import type { RegisterDomainInput } from '../model/types.gen.ts';
import { type Domain, domainsOf } from '../resources/domains.ts';
import { mergeTags } from '../resources/tags.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_RegisterDomain.html */
export function registerDomain(swf: Swf, input: RegisterDomainInput, call: Call): void {
  const collection = domainsOf(call);
  if (swf.kernel.records.get(collection, input.name) !== undefined) {
    throw fault('DomainAlreadyExistsFault', input.name);
  }
  if (swf.kernel.records.count(collection) >= swf.limits.domains) {
    throw fault('LimitExceededFault', `The account has ${swf.limits.domains} domains already.`);
  }
  const document: Domain = {
    name: input.name,
    status: 'REGISTERED',
    description: input.description,
    retention: input.workflowExecutionRetentionPeriodInDays,
    tags: mergeTags({}, input.tags ?? [], swf.limits.domainTags),
  };
  swf.kernel.records.put(collection, { id: input.name, version: 0, document });
}
