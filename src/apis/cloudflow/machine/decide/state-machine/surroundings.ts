import type { Surroundings } from '../../../language/expression.ts';
import type { Json, JsonObject } from '../../../language/json.ts';
import type { Failure } from '../../failure.ts';
import { retriesOf, stepOf } from '../../state.ts';
import type { Run } from '../run.ts';
import { tokenOf } from '../token.ts';
import { definitionOf } from './plan.ts';

/** What is there beside `$Global` and the execution, at this point of a state. */
export interface AtHand {
  readonly input: Json;
  /** The raw result. */
  readonly output?: Json;
  readonly failure?: Failure;
  /** Of a distributed map. */
  readonly item?: Json;
}

/** What expressions of an active state see. */
export function surroundingsOf(run: Run, id: number, atHand: AtHand): Surroundings {
  const { input, output, item } = atHand;
  const { state } = run;
  const roots = {
    Input: input,
    Context: contextOf(run, id, atHand),
    Global: state.global,
    Environment: state.variables,
    ...(output !== undefined && { Output: output }),
    ...(item !== undefined && { Item: item }),
  };
  return { roots, random: run.random };
}

function contextOf(run: Run, id: number, atHand: AtHand): JsonObject {
  const { state, turn } = run;
  return {
    Execution: { Name: turn.identity.name, Input: state.given, RoleArn: state.flow.roleArn },
    Current: currentOf(run, id, atHand),
    Environment: state.variables,
  };
}

function currentOf(run: Run, id: number, { input, output, failure }: AtHand): JsonObject {
  const step = stepOf(run.state, id);
  const definition = definitionOf(run, id);
  const isCallback = definition.type === 'Task' && definition.mode === 'WaitForCustomCallback';
  return {
    Name: step.name,
    Input: input,
    RetryCount: retriesOf(step),
    ...(output !== undefined && { Output: output }),
    ...(failure && { Error: { Code: failure.error, Detail: failure.cause } }),
    ...(isCallback && { TaskToken: tokenOf(run, id) }),
  };
}
