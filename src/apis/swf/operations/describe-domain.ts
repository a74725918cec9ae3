import type { Call } from '../../api.ts';
import type { DescribeDomainInput, DomainDetail } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import type { Swf } from '../swf.ts';
import { domainInfo } from '../views/domain-info.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_DescribeDomain.html */
export function describeDomain(swf: Swf, input: DescribeDomainInput, call: Call): DomainDetail {
  const { document } = findDomain(swf, call, input.name);
  return {
    domainInfo: domainInfo(call, document),
    configuration: { workflowExecutionRetentionPeriodInDays: document.retention },
  };
}
