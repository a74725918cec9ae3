import type { EffectOutcome } from '../../../../kernel/machine.ts';
import { isArray, type Json } from '../../language/json.ts';
import type { ChildEndedCommand, TaskOutcome } from '../commands.ts';
import type { Failure } from '../failure.ts';
import { isTooLarge } from '../json-size.ts';
import { type RunningTask, stepOf } from '../state.ts';
import { callFailure } from './call-failure.ts';
import { failStep } from './fail.ts';
import { finishResults } from './map-results.ts';
import { failMapRun } from './map-run-end.ts';
import { recordOutput } from './record-output.ts';
import { nextRetry } from './retry.ts';
import { type Run, record } from './run.ts';
import { attempt, succeed } from './work.ts';

/** The call of a task's attempt has ended. */
export function finishCall(run: Run, id: number, outcome: EffectOutcome): void {
  const { task } = stepOf(run.state, id);
  if (task === undefined) return;
  if (!outcome.ok) {
    const failure = callFailure(outcome);
    if (task.kind === 'write-results') failMapRun(run, id, failure);
    failTask(run, id, { type: task.mode === 'request' ? 'TaskFailed' : 'TaskSubmitFailed', failure });
    return;
  }
  const value = (outcome.value ?? null) as Json;
  if (task.kind === 'write-results') finishResults(run, id, value);
  else if (task.kind === 'read-items') takeItems(run, id, value);
  else takeResult(run, id, { task, value });
}

function takeResult(
  run: Run,
  id: number,
  { task, value }: { readonly task: RunningTask; readonly value: Json },
): void {
  const output = run.dialect.callResult(task.kind, value);
  if (task.mode === 'request') finishTask(run, id, { ok: true, output });
  else recordOutput(run, id, { type: 'TaskSubmitted', output: shown(run, output) });
}

function takeItems(run: Run, id: number, items: Json): void {
  if (!isArray(items)) throw new Error('Items are a list.');
  recordOutput(run, id, { type: 'TaskSucceeded', output: { Items: items.length } });
  attempt(
    run,
    () => id,
    () => run.dialect.takeItems(run, id, items),
  );
}

/** What the call has answered to a task that waits for something else; only the history shows it. */
function shown({ state }: Run, output: Json): Json {
  return isTooLarge([output], state.limits.stepBytes) ? {} : output;
}

/** Ends the attempt. Gives the id of the event that says so. */
export function finishTask(run: Run, id: number, outcome: TaskOutcome): number {
  if (!outcome.ok) return failTask(run, id, { type: 'TaskFailed', failure: outcome });
  const { output } = outcome;
  const refusal = run.dialect.refusesResult(run, output);
  if (refusal !== undefined) return failTask(run, id, { type: 'TaskFailed', failure: refusal });
  const event = recordOutput(run, id, { type: 'TaskSucceeded', output });
  succeed(run, id, output);
  return event;
}

interface TaskFailing {
  readonly type: 'TaskFailed' | 'TaskSubmitFailed' | 'TaskTimedOut';
  readonly failure: Failure;
}

/** Ends the attempt by a failure: the task is retried, or fails for good. Gives the id of the event that says so. */
export function failTask(run: Run, id: number, { type, failure }: TaskFailing): number {
  const { error, cause } = failure;
  const retry = nextRetry(run, id, error);
  const step = stepOf(run.state, id);
  const own = { of: id, ...(retry && { retry }) };
  const event = record(run, type, { step: step.name, cause: step.last, detail: { error, cause }, own });
  if (retry === undefined) failStep(run, id, { error, cause });
  return event;
}

/** Does this task wait for the end of that execution? One that was given the task's token has any name. */
export function awaits(task: RunningTask | undefined, { executionName }: ChildEndedCommand): boolean {
  if (task === undefined || task.mode === 'request') return false;
  if (task.mode === 'callback') return true;
  const expected = task.child?.executionName ?? '';
  // Executions of express flows have an id after their name.
  return executionName === expected || executionName.startsWith(`${expected}:`);
}
