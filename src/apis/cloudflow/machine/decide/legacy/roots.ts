import type { Surroundings } from '../../../language/expression.ts';
import type { Json, JsonObject } from '../../../language/json.ts';
import { stepOf } from '../../state.ts';
import type { Run } from '../run.ts';
import { tokenOf } from '../token.ts';
import { definitionOf } from './plan.ts';

export type Roots = Surroundings['roots'];

/** What mappings of a step see. */
export function stepRoots(
  run: Run,
  id: number,
  values: { readonly input: Json; readonly local: Json },
): Roots {
  const definition = definitionOf(run, id);
  const isCallback = definition.type === 'task' && definition.pattern === 'waitForCallback';
  return {
    ...values,
    context: {
      ...flowContext(run),
      step: { name: stepOf(run.state, id).name, eventId: run.turn.nextEventId },
      ...(isCallback && { task: { token: tokenOf(run, id) } }),
    },
  };
}

/** What mappings of the flow itself see. */
export function flowRoots(run: Run, values: { readonly input: Json; readonly local: Json }): Roots {
  return { ...values, context: flowContext(run) };
}

function flowContext({ flow, turn }: Run): JsonObject {
  return { flow: { name: flow.name }, execution: { name: turn.identity.name } };
}

/** What paths that begin with `$.` see. */
export function inputRoots(input: Json): Roots {
  return { '': input };
}
