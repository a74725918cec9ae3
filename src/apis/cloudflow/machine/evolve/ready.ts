import { type Nest, nestOf, type State, stepOf } from '../state.ts';

export function makeReady(state: State, id: number): void {
  state.ready.push(id);
}

/** What is taken is nearly always the last one, so this looks from the end. */
export function unready(state: State, id: number): void {
  const { ready } = state;
  const place = ready.lastIndexOf(id);
  if (place < 0) return;
  if (place === ready.length - 1) ready.pop();
  else ready.splice(place, 1);
}

/** A step with a nest can go on when it may begin another child, or when all have ended. */
export function refreshNest(state: State, id: number): void {
  const step = stepOf(state, id);
  const nest = nestOf(step);
  // Else it works on what has become of them already.
  if (step.phase !== 'nested') return;
  const hasRoom = nest.limit === 0 || nest.running < nest.limit;
  const isReady = (nest.begun < nest.total && hasRoom) || nest.finished === nest.total;
  if (isReady === nest.isReady) return;
  nest.isReady = isReady;
  if (isReady) makeReady(state, id);
  else unready(state, id);
}

/** Its children have ended, and the step works on what has become of them. */
export function restNest(state: State, id: number, nest: Nest): void {
  nest.isReady = false;
  unready(state, id);
}
