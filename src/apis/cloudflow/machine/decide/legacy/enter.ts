import { evaluate, isTrue } from '../../../language/evaluate.ts';
import type { PathExpression } from '../../../language/expression.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../../language/json.ts';
import { mapAll, mergeLocal } from '../../../language/legacy/mapping.ts';
import type {
  LegacyChoice,
  LegacyForeach,
  LegacyOption,
  LegacyStep,
  LegacyWait,
} from '../../../language/plan.ts';
import { timestampMs } from '../../../language/timestamp.ts';
import { StepFailure } from '../../failure.ts';
import { unusable } from '../../inferred.ts';
import type { StepPlans } from '../../own.ts';
import { scopeOf, stepOf } from '../../state.ts';
import { failStep } from '../fail.ts';
import { type Run, record } from '../run.ts';
import { startStep } from '../start-step.ts';
import { endOfWait, withinLimit } from '../wait.ts';
import { checkSize, succeed } from './leave.ts';
import { first, stepAt } from './plan.ts';
import { inputRoots, stepRoots } from './roots.ts';
import { scheduleTask } from './task.ts';

/** Enters the step that the scope has come to and goes on with it as far as it goes. */
export function enter(run: Run, scopeId: number): void {
  const scope = scopeOf(run.state, scopeId);
  const place = scope.at ?? 0;
  const step = stepAt(run, scope.list, place);
  const id = record(run, 'StepEntered', {
    step: step.name,
    cause: scope.last,
    detail: { input: scope.input, local: scope.value },
    own: { scope: scopeId, place },
  });
  const input = inputOf(run, id, step);
  checkSize(run, [input]);
  startStep(run, id, { input, plan: () => plansOf(run, step, input) });
  begin(run, id, step);
}

function inputOf(run: Run, id: number, { inputMappings }: LegacyStep): JsonObject {
  const { input, value: local } = scopeOf(run.state, stepOf(run.state, id).scope);
  if (inputMappings !== undefined) return mapAll(inputMappings, stepRoots(run, id, { input, local }));
  return mergeLocal(objectOf(input), objectOf(local));
}

function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

/** What the step is about to do, as far as its input says. */
function plansOf(run: Run, step: LegacyStep, input: Json): StepPlans {
  switch (step.type) {
    case 'choice':
      return optionOf(run, step, input);
    case 'parallel':
      return { nest: { kind: 'branches', total: step.branches.length, limit: 0 } };
    case 'foreach':
      return iterationsOf(run, step, input);
    case 'wait':
      return { due: dueOf(run, step.until, input) };
    default:
      return {};
  }
}

function optionOf(run: Run, { options, default: otherwise }: LegacyChoice, input: Json): StepPlans {
  const surroundings = { roots: inputRoots(input), random: run.random };
  const chosen: LegacyOption | undefined =
    options.find(({ condition }) => isTrue(condition, surroundings)) ?? otherwise;
  return {
    ...(chosen?.goto !== undefined && { goto: chosen.goto }),
    ...(chosen?.steps !== undefined && { option: { list: chosen.steps, at: first(run, chosen.steps) } }),
  };
}

function iterationsOf({ random, state }: Run, { collection }: LegacyForeach, input: Json): StepPlans {
  const items = evaluate(collection, { roots: inputRoots(input), random });
  if (items === undefined || !isArray(items)) {
    throw new StepFailure(unusable('The collection of a foreach step must be an array.'));
  }
  const limit = state.limits.foreachConcurrency;
  return { nest: { kind: 'iterations', total: items.length, limit, items } };
}

function dueOf(run: Run, until: LegacyWait, input: Json): number {
  if ('duration' in until) return endOfWait(run, givenOrFound(run, until.duration, input));
  const text = givenOrFound(run, until.timestamp, input);
  const end = typeof text === 'string' ? timestampMs(text) : undefined;
  if (end === undefined) throw new StepFailure(unusable('A wait needs a time such as 2026-01-31T09:00:00Z.'));
  return withinLimit(end, run.turn.now, run.state.limits.waitSeconds);
}

function givenOrFound(
  { random }: Run,
  source: number | string | PathExpression,
  input: Json,
): Json | undefined {
  return typeof source === 'object' ? evaluate(source, { roots: inputRoots(input), random }) : source;
}

function begin(run: Run, id: number, step: LegacyStep): void {
  switch (step.type) {
    case 'pass':
    case 'succeed':
      succeed(run, id, {});
      return;
    case 'choice':
      if (stepOf(run.state, id).nest === undefined) succeed(run, id, {});
      return;
    case 'wait':
      if ((stepOf(run.state, id).due ?? 0) <= run.turn.now) succeed(run, id, {});
      return;
    case 'fail':
      failStep(run, id, { error: step.error, cause: step.cause });
      return;
    case 'task':
      scheduleTask(run, id);
      return;
    default:
      return;
  }
}
