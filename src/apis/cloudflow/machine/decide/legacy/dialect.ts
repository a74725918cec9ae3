import { isObject, type Json } from '../../../language/json.ts';
import { mapAll } from '../../../language/legacy/mapping.ts';
import { invalidLocal, startedLocal } from '../../inferred.ts';
import { type Scope, stepOf } from '../../state.ts';
import { resultsOf } from '../children.ts';
import type { Dialect, Run } from '../run.ts';
import { enter } from './enter.ts';
import { checkSize, leaveByCatch, succeed } from './leave.ts';
import { definitionOf, first, planOf } from './plan.ts';
import { flowRoots } from './roots.ts';
import { scheduleTask } from './task.ts';

/** The step language, `type: flow`. */
export const legacy: Dialect = {
  first,
  scopeInput: (run, given) => {
    const { inputMappings } = planOf(run);
    return inputMappings && mapAll(inputMappings, flowRoots(run, { input: given, local: {} }));
  },
  enter,
  resume: scheduleTask,
  waitResult: () => ({}),
  succeed,
  leaveByCatch,
  takeItems: () => {
    throw new Error('Steps read no items.');
  },
  callResult: (kind, value) => (kind === 'flow' && isObject(value) ? startedLocal(value) : value),
  refusesResult: (run, value) => {
    checkSize(run, [value]);
    return isObject(value) ? undefined : invalidLocal();
  },
  retryRules: (run, id) => {
    const step = definitionOf(run, id);
    return step.type === 'task' ? step.retry : [];
  },
  lists: (run, id) => {
    const step = definitionOf(run, id);
    if (step.type === 'parallel') return step.branches;
    return step.type === 'foreach' ? [step.steps] : [];
  },
  childInput,
  nestResult: resultsOf,
  exitDetail: ({ value }) => ({ local: value }),
  output,
};

function childInput(run: Run, id: number, place: number): Json {
  const { input, nest } = stepOf(run.state, id);
  const definition = definitionOf(run, id);
  if (definition.type !== 'foreach' || !isObject(input)) return input;
  const { item, index } = definition;
  return { ...input, [item]: nest?.items[place] ?? null, ...(index !== undefined && { [index]: place }) };
}

function output(run: Run, { input, value: local }: Scope): Json {
  const { outputMappings } = planOf(run);
  return outputMappings === undefined ? local : mapAll(outputMappings, flowRoots(run, { input, local }));
}
