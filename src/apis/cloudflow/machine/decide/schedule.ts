import type { JsonObject } from '../../language/json.ts';
import type { Attempt, Called } from '../calls/called.ts';
import { type RunningTask, stepOf, type TaskMode } from '../state.ts';
import { type Run, record } from './run.ts';
import { tokenOf } from './token.ts';

/** The attempt that is about to be made for a task. */
export function nextAttempt(run: Run, id: number, mode: TaskMode): Attempt {
  const { state, turn } = run;
  const attempt = stepOf(state, id).attempts + 1;
  const execution = turn.identity.id;
  return {
    step: id,
    mode,
    idempotency: `${state.flow.name}/${execution}/${id}/${attempt}`,
    executionName: `task-${execution}-${id}-${attempt}`,
    ...(mode === 'callback' && { token: tokenOf(run, id) }),
  };
}

export interface Schedule {
  readonly called: Called;
  readonly mode: TaskMode;
  /** As the history shows it. */
  readonly detail: JsonObject;
  /** Absent or 0 is no limit. */
  readonly timeoutSeconds: number | undefined;
}

export function scheduleCall(
  run: Run,
  id: number,
  { called, mode, detail, timeoutSeconds = 0 }: Schedule,
): void {
  const { effect, target, child } = called;
  const step = stepOf(run.state, id);
  const task: RunningTask = {
    // Only executions report their end to us; of all else the call's outcome is the end.
    mode: mode === 'system' && child === undefined ? 'request' : mode,
    kind: effect.kind,
    target,
    ...(child && { child }),
  };
  const due = timeoutSeconds > 0 ? { due: run.turn.now + Math.round(timeoutSeconds * 1000) } : undefined;
  const own = { of: id, task, call: effect.input, ...due };
  record(run, 'TaskScheduled', { step: step.name, cause: step.last, detail, own });
  record(run, 'TaskStarted', { step: step.name, cause: step.last, detail: {}, own: { of: id } });
}
