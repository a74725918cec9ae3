import type { JsonObject } from '../../language/json.ts';
import type { TaskEffect } from '../effects.ts';
import { type RunningTask, stepOf, type TaskMode } from '../state.ts';
import { type Run, record } from './run.ts';

/** What a task's attempt does. */
export interface Call {
  readonly mode: TaskMode;
  readonly effect: TaskEffect;
  /** As the history shows it. */
  readonly shown: JsonObject;
  readonly target: string;
  readonly child?: RunningTask['child'];
  /** Absent or 0 is no limit. */
  readonly timeoutSeconds?: number | undefined;
}

export function scheduleCall(run: Run, id: number, call: Call): void {
  const { effect, mode, target, child, shown, timeoutSeconds = 0 } = call;
  const step = stepOf(run.state, id);
  const task: RunningTask = { mode, kind: effect.kind, target, ...(child && { child }) };
  const due = timeoutSeconds > 0 ? { due: run.turn.now + timeoutSeconds * 1000 } : undefined;
  const own = { of: id, task, call: effect.input, ...due };
  record(run, 'TaskScheduled', { step: step.name, cause: step.last, detail: shown, own });
  record(run, 'TaskStarted', { step: step.name, cause: step.last, detail: {}, own: { of: id } });
}
