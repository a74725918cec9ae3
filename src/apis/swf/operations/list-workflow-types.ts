import type { Call } from '../../api.ts';
import type { ListWorkflowTypesInput, WorkflowTypeInfos } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { pageOfTypes } from '../resources/types.ts';
import type { Swf } from '../swf.ts';
import { typeInfo } from '../views/type-info.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_ListWorkflowTypes.html */
export function listWorkflowTypes(swf: Swf, input: ListWorkflowTypesInput, call: Call): WorkflowTypeInfos {
  findDomain(swf, call, input.domain);
  const { items, ...next } = pageOfTypes(swf, { kind: 'WorkflowType', input, call });
  const typeInfos = items.map((type) => ({
    workflowType: { name: type.name, version: type.version },
    ...typeInfo(type),
  }));
  return { typeInfos, ...next };
}
