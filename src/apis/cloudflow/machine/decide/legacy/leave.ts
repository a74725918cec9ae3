import { isObject, type Json, type JsonObject } from '../../../language/json.ts';
import { mapAll, mergeLocal } from '../../../language/legacy/mapping.ts';
import type { StepNumber } from '../../../language/plan.ts';
import { ExecutionFailure, type Failure } from '../../failure.ts';
import { sizeFailure } from '../../inferred.ts';
import { isTooLarge } from '../../json-size.ts';
import { scopeOf, stepOf } from '../../state.ts';
import { lastEventOf } from '../children.ts';
import { matches } from '../retry.ts';
import { type Run, record } from '../run.ts';
import { definitionOf, nextOf } from './plan.ts';
import { stepRoots } from './roots.ts';

/** The step has done its work with this local: writes its output and leaves it. */
export function succeed(run: Run, id: number, local: Json): void {
  const step = stepOf(run.state, id);
  const { input } = step;
  const output = outputOf(run, id, local);
  checkSize(run, [input, local, output]);
  const cause = lastEventOf(run.state, step);
  record(run, 'StepSucceeded', { step: step.name, cause, detail: { output }, own: { of: id } });
  leave(run, id, { output, next: nextOf(run, id) });
}

function outputOf(run: Run, id: number, local: Json): JsonObject {
  const { outputMappings, type } = definitionOf(run, id);
  const { input } = stepOf(run.state, id);
  if (outputMappings !== undefined) return mapAll(outputMappings, stepRoots(run, id, { input, local }));
  if (type === 'parallel' || type === 'foreach') return {};
  return isObject(local) ? local : {};
}

interface Exit {
  readonly output: JsonObject;
  readonly next: StepNumber | null;
}

/** Merges what the step contributes into the local of its list. */
function leave(run: Run, id: number, { output, next }: Exit): void {
  const step = stepOf(run.state, id);
  const { value } = scopeOf(run.state, step.scope);
  const local = mergeLocal(isObject(value) ? value : {}, output);
  const own = { of: id, next };
  record(run, 'StepExited', { step: step.name, cause: step.last, detail: { local }, own });
}

export function leaveByCatch(run: Run, id: number, { error, cause }: Failure): boolean {
  const definition = definitionOf(run, id);
  if (definition.type !== 'task') return false;
  const rule = definition.catch.find(({ errors }) => matches(errors, error));
  if (rule === undefined) return false;
  const { input } = stepOf(run.state, id);
  const local = { error, cause, code: error };
  const output = mapAll(definition.errorMappings ?? [], stepRoots(run, id, { input, local }));
  leave(run, id, { output, next: rule.goto });
  return true;
}

/** Steps whose data is too large end the execution. */
export function checkSize({ state }: Run, values: readonly Json[]): void {
  const { stepBytes } = state.limits;
  if (isTooLarge(values, stepBytes)) throw new ExecutionFailure(sizeFailure(stepBytes));
}
