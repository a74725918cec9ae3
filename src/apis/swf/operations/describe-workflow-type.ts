import type { Call } from '../../api.ts';
import type { DescribeWorkflowTypeInput, WorkflowTypeDetail } from '../model/types.gen.ts';
import { findDomain } from '../resources/domains.ts';
import { findType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';
import { typeInfo } from '../views/type-info.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_DescribeWorkflowType.html */
export function describeWorkflowType(
  swf: Swf,
  input: DescribeWorkflowTypeInput,
  call: Call,
): WorkflowTypeDetail {
  const { domain, workflowType } = input;
  findDomain(swf, call, domain);
  const { document } = findType(swf, { world: call, domain, kind: 'WorkflowType' }, workflowType);
  const { name, version, defaults } = document;
  return { typeInfo: { workflowType: { name, version }, ...typeInfo(document) }, configuration: defaults };
}
