import { isObject, type Json } from '../../../language/json.ts';
import { acceptedResult, functionResult, sizeFailure, startedOutput } from '../../inferred.ts';
import { isTooLarge } from '../../json-size.ts';
import { stepOf } from '../../state.ts';
import { resultsOf } from '../children.ts';
import type { Dialect, Run } from '../run.ts';
import { enter, resume } from './enter.ts';
import { leaveByCatch, succeed } from './leave.ts';
import { takeItems } from './map.ts';
import { definitionOf, listOf } from './plan.ts';

/** The state language, `Type: StateMachine`. */
export const stateMachine: Dialect = {
  first: (run, list) => listOf(run, list).startAt,
  scopeInput: () => undefined,
  enter,
  resume,
  waitResult: (run, id) => stepOf(run.state, id).input,
  succeed,
  leaveByCatch,
  takeItems,
  callResult: (kind, value) => {
    if (kind === 'function') return functionResult(value);
    if (kind === 'async-function') return acceptedResult();
    return kind === 'flow' && isObject(value) ? startedOutput(value) : value;
  },
  refusesResult: ({ state }, value) => {
    const { stepBytes } = state.limits;
    return isTooLarge([value], stepBytes) ? sizeFailure(stepBytes) : undefined;
  },
  retryRules: (run, id) => {
    const state = definitionOf(run, id);
    return 'retry' in state ? state.retry : [];
  },
  lists: (run, id) => {
    const state = definitionOf(run, id);
    if (state.type === 'Parallel') return state.branches;
    return state.type === 'Map' ? [state.processor] : [];
  },
  childInput: (run, id, place) => {
    const { input, nest } = stepOf(run.state, id);
    return nest?.kind === 'branches' ? input : (nest?.items[place] ?? null);
  },
  nestResult,
  exitDetail: ({ value }) => ({ output: value }),
  output: (_run, { value }) => value,
};

function nestResult(run: Run, id: number): Json {
  const results = resultsOf(run, id);
  if (definitionOf(run, id).type !== 'Parallel') return { Items: results };
  return Object.fromEntries(results.map((result, place) => [`Branch${place}`, result]));
}
