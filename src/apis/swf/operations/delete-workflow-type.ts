import type { Call } from '../../api.ts';
import type { DeleteWorkflowTypeInput } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { deleteType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_DeleteWorkflowType.html */
export function deleteWorkflowType(swf: Swf, input: DeleteWorkflowTypeInput, call: Call): void {
  const { domain, workflowType } = input;
  findDomain(swf, call, domain);
  deleteType(swf, { world: call, domain, kind: 'WorkflowType' }, workflowType);
}
