import type { EffectOutcome } from '../../../../kernel/machine.ts';
import type { Json, JsonObject } from '../../language/json.ts';
import type { ChildEndedCommand, TaskOutcome } from '../commands.ts';
import type { Failure } from '../failure.ts';
import { type RunningTask, stepOf } from '../state.ts';
import { callFailure } from './call-failure.ts';
import { failStep } from './fail.ts';
import { nextRetry } from './retry.ts';
import { type Run, record } from './run.ts';
import { succeed } from './work.ts';

/** The call of a task's attempt has ended. */
export function finishCall(run: Run, id: number, outcome: EffectOutcome): void {
  const { task } = stepOf(run.state, id);
  if (task === undefined) return;
  if (!outcome.ok) {
    failTask(run, id, task.mode === 'request' ? 'TaskFailed' : 'TaskSubmitFailed', callFailure(outcome));
    return;
  }
  const result = run.dialect.callResult(task.kind, (outcome.value ?? null) as Json);
  if (task.mode === 'request') finishTask(run, id, { ok: true, output: result });
  else recordOf(run, 'TaskSubmitted', id, { output: result });
}

/** Ends the attempt. Gives the id of the event that says so. */
export function finishTask(run: Run, id: number, outcome: TaskOutcome): number {
  if (!outcome.ok) return failTask(run, id, 'TaskFailed', outcome);
  const { output } = outcome;
  const refusal = run.dialect.refusesResult(output);
  if (refusal !== undefined) return failTask(run, id, 'TaskFailed', refusal);
  const event = recordOf(run, 'TaskSucceeded', id, { output });
  succeed(run, id, output);
  return event;
}

type TaskFailing = 'TaskFailed' | 'TaskSubmitFailed' | 'TaskTimedOut';

export function failTask(run: Run, id: number, type: TaskFailing, { error, cause }: Failure): number {
  const retry = nextRetry(run, id, error);
  const step = stepOf(run.state, id);
  const own = { of: id, ...(retry && { retry }) };
  const event = record(run, type, { step: step.name, cause: step.last, detail: { error, cause }, own });
  if (retry === undefined) failStep(run, id, { error, cause });
  return event;
}

function recordOf(run: Run, type: 'TaskSubmitted' | 'TaskSucceeded', id: number, detail: JsonObject): number {
  const step = stepOf(run.state, id);
  return record(run, type, { step: step.name, cause: step.last, detail, own: { of: id } });
}

/** Does this task wait for the end of that execution? One that was given the task's token has any name. */
export function awaits(task: RunningTask | undefined, { executionName }: ChildEndedCommand): boolean {
  if (task === undefined || task.mode === 'request') return false;
  if (task.mode === 'callback') return true;
  const expected = task.child?.executionName ?? '';
  // Executions of express flows have an id after their name.
  return executionName === expected || executionName.startsWith(`${expected}:`);
}
