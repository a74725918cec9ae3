import type { Call } from '../../api.ts';
import type { RegisterActivityTypeInput } from '../model/types.gen.ts';
import { findActiveDomain } from '../resources/domains.ts';
import { registerType } from '../resources/types.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_RegisterActivityType.html */
export function registerActivityType(swf: Swf, input: RegisterActivityTypeInput, call: Call): void {
  const { domain, name, version, description, ...defaults } = input;
  findActiveDomain(swf, call, domain);
  registerType(swf, { world: call, domain, kind: 'ActivityType' }, { name, version, description, defaults });
}
