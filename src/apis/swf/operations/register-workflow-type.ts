import type { Call } from '../../api.ts';
import type { RegisterWorkflowTypeInput } from '../model/types.gen.ts';
import { findActiveDomain } from '../resources/domains.ts';
import { registerType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_RegisterWorkflowType.html */
export function registerWorkflowType(swf: Swf, input: RegisterWorkflowTypeInput, call: Call): void {
  const { domain, name, version, description, ...defaults } = input;
  findActiveDomain(swf, call, domain);
  registerType(swf, { world: call, domain, kind: 'WorkflowType' }, { name, version, description, defaults });
}
