import type { DefinitionLimits } from '../../../../src/apis/cloudflow/language/definition-limits.ts';
import type { Plan } from '../../../../src/apis/cloudflow/language/plan.ts';
import { readDefinition as read } from '../../../../src/apis/cloudflow/language/read-definition.ts';
import { cloudflowLimitsFrom } from '../../../../src/apis/cloudflow/limits.ts';
import { limitValues } from '../../../../src/limits.ts';

/** What bounds definitions unless the configuration says otherwise. */
export const USUAL_LIMITS: DefinitionLimits = cloudflowLimitsFrom(limitValues({})).ofDefinition('Standard');

export function readDefinition(text: string, limits = USUAL_LIMITS): Plan {
  return read(text, limits);
}
