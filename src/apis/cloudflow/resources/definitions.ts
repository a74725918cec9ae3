import type { Cloudflow } from '../cloudflow.ts';
import { fault, invalidArgument } from '../faults.ts';
import { canBeExpress } from '../inferred.ts';
import { readDefinition } from '../language/read-definition.ts';
import type { Flow } from './flows.ts';

/**
 * Which language a definition is in, once it has been found to be without mistakes. Throws `DefinitionError`, which says
 * what is wrong and where, and InvalidArgument for a definition that does not suit its flow.
 */
export function checkDefinition(
  { limits }: Cloudflow,
  { name, definition, mode }: Pick<Flow, 'name' | 'definition' | 'mode'>,
): Flow['language'] {
  const plan = readDefinition(definition, limits.ofDefinition(mode));
  if (plan.language === 'state-machine' && plan.name !== undefined && plan.name !== name) {
    throw invalidArgument('Name', `must be the one that the definition has, which is '${plan.name}'`);
  }
  if (mode === 'Express' && !canBeExpress(plan.language)) {
    throw fault('InvalidArgument', 'An express flow must be defined with Type: StateMachine.');
  }
  return plan.language;
}
