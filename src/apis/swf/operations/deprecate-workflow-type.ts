import type { Call } from '../../api.ts';
import type { DeprecateWorkflowTypeInput } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { deprecateType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_DeprecateWorkflowType.html */
export function deprecateWorkflowType(swf: Swf, input: DeprecateWorkflowTypeInput, call: Call): void {
  const { domain, workflowType } = input;
  findDomain(swf, call, domain);
  deprecateType(swf, { world: call, domain, kind: 'WorkflowType' }, workflowType);
}
