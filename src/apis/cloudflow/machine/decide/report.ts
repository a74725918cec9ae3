import { Rejection } from '../../../../kernel/errors.ts';
import type { ChildEndedCommand, ReportCommand } from '../commands.ts';
import { endMapChild } from './map-run.ts';
import type { Run } from './run.ts';
import { awaits, finishTask } from './task.ts';

/** A report may come before the call that handed out the token has ended; the first one wins in any case. */
export function report(run: Run, { taskEventId, outcome }: ReportCommand): number {
  const task = run.state.steps[taskEventId]?.task;
  if (task?.mode !== 'callback') throw taskAlreadyCompleted(taskEventId);
  return finishTask(run, taskEventId, outcome);
}

export function taskAlreadyCompleted(taskEventId: number): Rejection {
  return new Rejection('TaskAlreadyCompleted', `Task ${taskEventId} has already completed.`);
}

export function childEnded(run: Run, command: ChildEndedCommand): void {
  const step = run.state.steps[command.taskEventId];
  if (step?.nest?.kind === 'executions') endMapChild(run, command);
  else if (awaits(step?.task, command)) finishTask(run, command.taskEventId, command.outcome);
}
