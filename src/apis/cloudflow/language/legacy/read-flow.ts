import type { DefinitionLimits } from '../definition-limits.ts';
import type { Fields } from '../fields.ts';
import type { LegacyPlan } from '../plan.ts';
import { readMappings } from './read-mappings.ts';
import { StepLists } from './read-steps.ts';

/** Reads a definition with `type: flow`. */
export function readLegacyFlow(fields: Fields, limits: DefinitionLimits): LegacyPlan {
  fields.word('type', ['flow']);
  fields.word('version', ['v1', 'v1beta1', 'v1.0']);
  fields.only('type', 'version', 'name', 'steps', 'inputMappings', 'outputMappings', 'timeoutSeconds');
  fields.textIfAny('name');
  const lists = new StepLists(limits);
  lists.read(fields);
  const timeoutSeconds = fields.numberIfAny('timeoutSeconds', { least: 1 });
  return {
    language: 'legacy',
    ...readMappings(fields),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    lists: lists.all,
  };
}
