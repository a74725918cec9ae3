import { evaluate } from '../../../language/evaluate.ts';
import { isObject, type JsonObject } from '../../../language/json.ts';
import type { LegacyTask } from '../../../language/plan.ts';
import { legacyCall } from '../../calls/legacy-call.ts';
import { stepOf, type TaskMode } from '../../state.ts';
import type { Run } from '../run.ts';
import { nextAttempt, scheduleCall } from '../schedule.ts';
import { definitionOf } from './plan.ts';
import { inputRoots } from './roots.ts';

const modes: Readonly<Record<LegacyTask['pattern'], TaskMode>> = {
  requestResponse: 'request',
  sync: 'system',
  waitForCallback: 'callback',
};

/** Begins the next attempt of a task. */
export function scheduleTask(run: Run, id: number): void {
  const definition = definitionOf(run, id);
  if (definition.type !== 'task') return;
  const { resource, timeoutSeconds } = definition;
  const mode = modes[definition.pattern];
  const { input: given } = stepOf(run.state, id);
  const input = isObject(given) ? given : {};
  const parameters = parametersOf(run, definition, input);
  const called = legacyCall({ resource, input, parameters }, nextAttempt(run, id, mode));
  const shown = 'arn' in resource ? { resourceArn: resource.arn } : { action: resource.action };
  const detail = { ...shown, input: parameters ?? input };
  scheduleCall(run, id, { called, mode, detail, timeoutSeconds });
}

function parametersOf(run: Run, { serviceParams }: LegacyTask, input: JsonObject): JsonObject | undefined {
  if (serviceParams === undefined) return undefined;
  const surroundings = { roots: inputRoots(input), random: run.random };
  return Object.fromEntries(
    serviceParams.map(([name, source]) => [name, evaluate(source, surroundings) ?? null]),
  );
}
