import { type ActiveStep, type Nest, type State, stepOf } from '../state.ts';
import type { Run } from './run.ts';

/** How many iterations run at a time: the smaller of what the definition wants and what the setting allows; 0 is any number. */
export function concurrencyOf(wanted: number | undefined, limit: number): number {
  if (wanted === undefined || wanted <= 0) return limit;
  return limit === 0 ? wanted : Math.min(wanted, limit);
}

/** The event after which the step goes on: where an option has run inside it, the option's last one. */
export function lastEventOf(state: State, step: ActiveStep): number {
  if (step.nest?.kind !== 'option') return step.last;
  const [scope] = Object.keys(step.nest.children);
  return state.scopes[Number(scope)]?.last ?? step.last;
}

/** Results of a step's branches, iterations or children, in their order. */
export function resultsOf({ state }: Run, id: number): Nest['results'] {
  return [...(stepOf(state, id).nest?.results ?? [])];
}
