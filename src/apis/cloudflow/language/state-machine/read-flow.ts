import type { DefinitionLimits } from '../definition-limits.ts';
import type { Fields } from '../fields.ts';
import type { StateMachinePlan } from '../plan.ts';
import { StateLists } from './read-states.ts';

/** Reads a definition with `Type: StateMachine`. */
export function readStateMachine(fields: Fields, limits: DefinitionLimits): StateMachinePlan {
  fields.word('Type', ['StateMachine']);
  fields.word('SpecVersion', ['v1']);
  fields.only('Type', 'SpecVersion', 'Name', 'Description', 'Timeout', 'StartAt', 'States');
  fields.textIfAny('Description');
  const name = fields.textIfAny('Name');
  const timeoutSeconds = fields.numberIfAny('Timeout', { least: 1 });
  const lists = new StateLists(limits);
  lists.read(fields, limits.flowMode);
  return {
    language: 'state-machine',
    ...(name === undefined ? {} : { name }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    lists: lists.all,
  };
}
