import { fromDigits } from '../../../language/from-digits.ts';
import { isObject } from '../../../language/json.ts';
import type { TaskState } from '../../../language/plan.ts';
import { construct } from '../../../language/state-machine/construct.ts';
import { stateCall } from '../../calls/state-call.ts';
import { StepFailure } from '../../failure.ts';
import { unsupportedMode, unusable } from '../../inferred.ts';
import { stepOf, type TaskMode } from '../../state.ts';
import type { Run } from '../run.ts';
import { nextAttempt, scheduleCall } from '../schedule.ts';
import { definitionOf } from './plan.ts';
import { surroundingsOf } from './surroundings.ts';
import { numberOf } from './values.ts';

const modes: Readonly<Record<TaskState['mode'], TaskMode>> = {
  RequestComplete: 'request',
  WaitForSystemCallback: 'system',
  WaitForCustomCallback: 'callback',
};

/** Begins the next attempt of a task. */
export function scheduleTask(run: Run, id: number): void {
  const definition = definitionOf(run, id);
  if (definition.type !== 'Task') return;
  const mode = modes[definition.mode];
  if (run.state.flow.mode === 'Express' && mode !== 'request') {
    throw new StepFailure(unsupportedMode(definition.mode));
  }
  const surroundings = surroundingsOf(run, id, { input: stepOf(run.state, id).input });
  const parameters = construct(definition.parameters, surroundings);
  if (!isObject(parameters)) throw new StepFailure(unusable('The Parameters of a task must be a map.'));
  const action = `${definition.product}:${definition.api}`;
  const called = stateCall(action, parameters, nextAttempt(run, id, mode));
  scheduleCall(run, id, {
    called,
    mode,
    detail: { action, input: parameters },
    timeoutSeconds: timeoutOf(definition, surroundings),
  });
}

function timeoutOf({ timeoutSeconds }: TaskState, surroundings: Parameters<typeof numberOf>[1]): number {
  const seconds = timeoutSeconds === undefined ? 0 : fromDigits(numberOf(timeoutSeconds, surroundings));
  if (typeof seconds === 'number' && seconds >= 0) return seconds;
  throw new StepFailure(unusable('The Timeout of a task must be a number of seconds.'));
}
