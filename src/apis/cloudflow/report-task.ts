import { NoSuchExecution } from '../../kernel/errors.ts';
import type { Cloudflow } from './cloudflow.ts';
import { fault } from './faults.ts';
import type { ReportCommand, TaskOutcome } from './machine/commands.ts';
import { API } from './names.ts';
import { findTask } from './task-tokens.ts';
import type { World } from './world.ts';

/** Tells a task what has come of it. Throws InvalidArgument for a bad token, and TaskAlreadyCompleted. */
export async function reportTask(
  cloudflow: Cloudflow,
  world: World,
  { token, outcome }: { readonly token: string; readonly outcome: TaskOutcome },
): Promise<{ readonly EventId: number }> {
  const {
    scope,
    executionName: name,
    executionId: id,
    taskEventId,
  } = await findTask(cloudflow, world, token);
  const command: ReportCommand = { kind: 'report', taskEventId, outcome };
  try {
    return { EventId: cloudflow.kernel.apply({ api: API, scope, name, id }, command) as number };
  } catch (error) {
    if (!(error instanceof NoSuchExecution)) throw error;
    throw fault('TaskAlreadyCompleted', `Task ${token} has already completed.`);
  }
}
