import { nestOf, type State, stepOf } from './state.ts';

/** The scope or step that goes on next; undefined when all that runs waits for something. */
export function readyNow(state: State): number | undefined {
  const { status, ready, windingDown } = state;
  if (status !== 'Running') return undefined;
  return windingDown === undefined ? ready.at(-1) : ready.findLast((id) => isLeaving(state, id));
}

/** Where no step begins any more, only what has come to its end goes on. */
function isLeaving(state: State, id: number): boolean {
  const scope = state.scopes[id];
  if (scope !== undefined) return scope.at === null;
  const { begun, total } = nestOf(stepOf(state, id));
  return begun === total;
}
