import { DefinitionError } from './definition-error.ts';
import type { DefinitionLimits } from './definition-limits.ts';
import { Fields } from './fields.ts';
import { readLegacyFlow } from './legacy/read-flow.ts';
import type { Plan } from './plan.ts';
import { readStateMachine } from './state-machine/read-flow.ts';
import { readSource } from './yaml-source.ts';

/** Reads and checks a definition of either language, in YAML or JSON. Throws `DefinitionError`. */
export function readDefinition(text: string, limits: DefinitionLimits): Plan {
  const fields = new Fields(readSource(text, limits), 'the flow');
  if (fields.has('Type')) return readStateMachine(fields, limits);
  if (fields.has('type')) return readLegacyFlow(fields, limits);
  throw new DefinitionError("'type: flow' or 'Type: StateMachine' is missing", {
    line: fields.line,
    subject: fields.subject,
  });
}
