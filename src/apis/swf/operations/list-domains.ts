import type { Call } from '../../api.ts';
import type { DomainInfos, ListDomainsInput } from '../model/types.gen.ts';
import { pageOf, queryOf } from '../pages.ts';
import { type Domain, domainsOf } from '../resources/domains.ts';
import type { Swf } from '../swf.ts';
import { domainInfo } from '../views/domain-info.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_ListDomains.html */
export function listDomains(swf: Swf, input: ListDomainsInput, call: Call): DomainInfos {
  const domains = swf.kernel.records
    .list<Domain>(domainsOf(call))
    .filter(({ document }) => document.status === input.registrationStatus);
  const query = queryOf('ListDomains', input, call);
  const { items, ...next } = pageOf(swf, { query, input }, { items: domains, keyOf: ({ id }) => id });
  return { domainInfos: items.map(({ document }) => domainInfo(call, document)), ...next };
}
