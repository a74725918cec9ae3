import type {
  FlowState,
  ListNumber,
  StateList,
  StateMachinePlan,
  StepNumber,
} from '../../../language/plan.ts';
import { scopeOf, stepOf } from '../../state.ts';
import type { Run } from '../run.ts';

function planOf({ plan }: Run): StateMachinePlan {
  if (plan.language !== 'state-machine') throw new Error('This is no flow of states.');
  return plan;
}

export function listOf(run: Run, list: ListNumber): StateList {
  const found = planOf(run).lists[list];
  if (found === undefined) throw new Error(`There is no list ${list}.`);
  return found;
}

/** What the definition says of an active state. */
export function definitionOf(run: Run, id: number): FlowState {
  const { scope, place } = stepOf(run.state, id);
  return stateAt(run, scopeOf(run.state, scope).list, place);
}

export function stateAt(run: Run, list: ListNumber, place: StepNumber): FlowState {
  const state = listOf(run, list).states[place];
  if (state === undefined) throw new Error(`List ${list} has no state ${place}.`);
  return state;
}
