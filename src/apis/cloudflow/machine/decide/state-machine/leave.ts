import { isObject, type Json, type JsonObject } from '../../../language/json.ts';
import type { CatchRule, StepNumber } from '../../../language/plan.ts';
import { construct } from '../../../language/state-machine/construct.ts';
import { type Failure, StepFailure } from '../../failure.ts';
import { sizeFailure, unusable } from '../../inferred.ts';
import { isTooLarge } from '../../json-size.ts';
import { stepOf } from '../../state.ts';
import { matches } from '../retry.ts';
import { type Run, record } from '../run.ts';
import { definitionOf } from './plan.ts';
import { surroundingsOf } from './surroundings.ts';
import { checkVariables } from './variables.ts';

/** The state has done its work with this raw result: writes its output and leaves it. */
export function succeed(run: Run, id: number, raw: Json): void {
  const { next } = definitionOf(run, id);
  const step = stepOf(run.state, id);
  const output = outputOf(run, id, raw);
  checkSize(run, [output]);
  const global = globalOf(run, id, raw);
  record(run, 'StepSucceeded', {
    step: step.name,
    cause: step.last,
    detail: { output },
    own: { of: id },
  });
  leave(run, id, { output, next: step.goto ?? next ?? null, global });
}

function outputOf(run: Run, id: number, raw: Json): Json {
  const { outputConstructor } = definitionOf(run, id);
  if (outputConstructor === undefined) return raw;
  const { input } = stepOf(run.state, id);
  return construct(outputConstructor, surroundingsOf(run, id, { input, output: raw }));
}

function globalOf(run: Run, id: number, raw: Json): JsonObject | undefined {
  const { globalConstructor } = definitionOf(run, id);
  if (globalConstructor === undefined) return undefined;
  const { input } = stepOf(run.state, id);
  const global = construct(globalConstructor, surroundingsOf(run, id, { input, output: raw }));
  if (!isObject(global)) throw new StepFailure(unusable('A GlobalConstructor must build a map.'));
  checkVariables(run.state, global);
  return global;
}

interface Exit {
  readonly output: Json;
  readonly next: StepNumber | null;
  readonly global?: JsonObject | undefined;
}

function leave(run: Run, id: number, { output, next, global }: Exit): void {
  const step = stepOf(run.state, id);
  const own = global === undefined ? { of: id, next } : { of: id, next, global };
  record(run, 'StepExited', { step: step.name, cause: step.last, detail: { output }, own });
}

export function leaveByCatch(run: Run, id: number, failure: Failure): boolean {
  const rule = catchRules(run, id).find(({ errors }) => matches(errors, failure.error));
  if (rule === undefined) return false;
  const { input } = stepOf(run.state, id);
  const output =
    rule.outputConstructor === undefined
      ? {}
      : construct(rule.outputConstructor, surroundingsOf(run, id, { input, failure }));
  leave(run, id, { output, next: rule.next });
  return true;
}

function catchRules(run: Run, id: number): readonly CatchRule[] {
  const state = definitionOf(run, id);
  return 'catch' in state ? state.catch : [];
}

/** States whose data is too large fail. */
export function checkSize({ state }: Run, values: readonly Json[]): void {
  const { stepBytes } = state.limits;
  if (isTooLarge(values, stepBytes)) throw new StepFailure(sizeFailure(stepBytes));
}
