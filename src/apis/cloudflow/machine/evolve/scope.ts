import type { TypedEvent } from '../own.ts';
import { nestOf, type Scope, type State, scopeOf, stepOf } from '../state.ts';
import type { Evolvers } from './evolver.ts';
import { makeReady, refreshNest, unready } from './ready.ts';

type Entering = TypedEvent<'BranchEntered'> | TypedEvent<'IterationEntered'>;
type Exiting = TypedEvent<'BranchExited'> | TypedEvent<'IterationExited'>;

function entered(state: State, { own, detail }: Entering, id: number): void {
  const { of: owner, place, list, at } = own;
  const nest = nestOf(stepOf(state, owner));
  const input = detail.input ?? null;
  const isLegacy = state.language === 'legacy';
  nest.begun += 1;
  nest.running += 1;
  nest.children[id] = true;
  refreshNest(state, owner);
  openScope(state, id, {
    list,
    owner,
    place,
    at,
    step: 0,
    input: isLegacy ? input : null,
    value: isLegacy ? {} : input,
    last: id,
  });
}

/** The new list goes before all else that is ready. */
export function openScope(state: State, id: number, scope: Scope): void {
  state.scopes[id] = scope;
  makeReady(state, id);
}

function exited(state: State, { own }: Exiting, id: number): void {
  const { owner, place, value } = scopeOf(state, own.scope);
  const step = stepOf(state, owner);
  const nest = nestOf(step);
  unready(state, own.scope);
  delete state.scopes[own.scope];
  delete nest.children[own.scope];
  nest.results[place] = value;
  nest.running -= 1;
  nest.finished += 1;
  step.last = id;
  refreshNest(state, owner);
}

export const scopeEvolvers = {
  BranchEntered: entered,
  BranchExited: exited,
  IterationEntered: entered,
  IterationExited: exited,
} satisfies Partial<Evolvers>;
