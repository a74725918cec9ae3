import type { FlowCall } from './effects.ts';
import { nestOf, type State, stepOf } from './state.ts';

export function mapChildName(mapRun: string, place: number): string {
  return `${mapRun}-${place}`;
}

/** Which child of the map run this execution is; names of express executions have an id behind. */
export function mapChildPlace(mapRun: string, executionName: string): number | undefined {
  if (!executionName.startsWith(`${mapRun}-`)) return undefined;
  const place = Number.parseInt(executionName.slice(mapRun.length + 1), 10);
  return Number.isNaN(place) ? undefined : place;
}

/** The call that starts a child execution: the processor of this flow's own definition, over one item or batch. */
export function mapChildCall(state: State, step: number, place: number): FlowCall {
  const { items, mapRun: name = '' } = nestOf(stepOf(state, step));
  const run = state.mapRuns[name];
  if (run === undefined) throw new Error(`There is no map run ${name}.`);
  return {
    flowName: state.flow.name,
    executionName: mapChildName(name, place),
    input: JSON.stringify(items[place] ?? null),
    reportsTo: step,
    mapRun: { name, definition: state.definition, list: run.list, mode: run.mode },
  };
}
