import { type Actor, answer } from './deciders.ts';
import type { ExecutionName } from './events.ts';
import type { Entry } from './ledger.ts';
import { DOMAIN, WORK } from './world.ts';

interface ActivityTask {
  readonly taskToken: string;
  readonly startedEventId: number;
  readonly workflowExecution: ExecutionName;
  readonly activityId: string;
  readonly input?: string;
}

/** Takes an activity task and does with it what workers do: finish, fail, cancel, beat, keep it long, forget it. */
export async function workOnce(actor: Actor): Promise<void> {
  const { caller, ledger, life, random, held } = actor;
  const task = await caller.read<ActivityTask>('PollForActivityTask', { domain: DOMAIN, taskList: WORK });
  if (task === undefined || task.taskToken === '') return;
  ledger.knows(task.workflowExecution);
  if (task.input !== task.activityId) ledger.violation(`${task.activityId} came with input ${task.input}`);
  const dice = life.draining ? 0 : random.below(100);
  if (dice >= 96) return;
  const isCanceled = dice >= 65 && dice < 85 ? await beat(actor, task) : false;
  const entry = outcomeOf(actor, task, isCanceled ? 64 : dice);
  if (dice >= 85) held.push(entry);
  else await answer(actor, entry);
}

function outcomeOf({ ledger }: Actor, task: ActivityTask, dice: number): Entry {
  const nonce = ledger.nonce('r');
  const { taskToken } = task;
  const common = { nonce, ...about(task) };
  if (dice >= 48 && dice < 58) {
    const input = { taskToken, reason: 'dice', details: nonce };
    return ledger.add({ operation: 'RespondActivityTaskFailed', input, ...common });
  }
  if (dice >= 58 && dice < 65) {
    return ledger.add({
      operation: 'RespondActivityTaskCanceled',
      input: { taskToken, details: nonce },
      ...common,
    });
  }
  return ledger.add({
    operation: 'RespondActivityTaskCompleted',
    input: { taskToken, result: nonce },
    ...common,
  });
}

/** Whether the worker was told to cancel. */
async function beat(actor: Actor, task: ActivityTask): Promise<boolean> {
  const { caller, ledger, random } = actor;
  for (let beats = 1 + random.below(3); beats > 0; beats--) {
    const details = ledger.nonce('h');
    const input = { taskToken: task.taskToken, details };
    const operation = 'RecordActivityTaskHeartbeat';
    const entry = ledger.add({ operation, nonce: details, input, ...about(task) });
    if ((await caller.send(entry)) !== 'acknowledged') return false;
    if ((entry.answer as { cancelRequested: boolean }).cancelRequested) return true;
  }
  return random.chance(0.2);
}

/** The token of an activity task names its events, but only the service reads tokens: the start is what is known. */
function about({ workflowExecution, startedEventId }: ActivityTask) {
  return { run: workflowExecution, task: { scheduledEventId: 0, startedEventId } };
}
