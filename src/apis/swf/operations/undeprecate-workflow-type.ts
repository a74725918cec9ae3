import type { Call } from '../../api.ts';
import type { UndeprecateWorkflowTypeInput } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { undeprecateType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_UndeprecateWorkflowType.html */
export function undeprecateWorkflowType(swf: Swf, input: UndeprecateWorkflowTypeInput, call: Call): void {
  const { domain, workflowType } = input;
  findDomain(swf, call, domain);
  undeprecateType(swf, { world: call, domain, kind: 'WorkflowType' }, workflowType);
}
