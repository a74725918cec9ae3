import { setTimeout } from 'node:timers/promises';
import {
  PollForActivityTaskCommand,
  RespondActivityTaskCompletedCommand,
  RespondActivityTaskFailedCommand,
  UnknownResourceFault,
} from '@aws-sdk/client-swf';
import { type Activity, DOMAIN, type Order } from './application.ts';
import { client } from './client.ts';
import { say } from './say.ts';

type Task = Order & { readonly attempt: number };

/** What each worker does; an error is answered as the activity's failure. */
const WORK: Readonly<Record<Activity, (task: Task) => Promise<string>>> = {
  'reserve-stock': async ({ item, quantity }) => `${quantity} × ${item} reserved`,
  'charge-card': async ({ orderId, amount, attempt }) => {
    // The payment provider hangs at first, for longer than the activity's timeout of one second.
    if (attempt === 1) await setTimeout(1500);
    // Providers take a key by which they recognise a repeated charge; the order's id is one.
    return `€ ${amount} charged for ${orderId}`;
  },
  ship: async ({ orderId }) => `parcel of ${orderId} handed over`,
};

/** Takes the tasks of one activity and does them, one at a time, until the signal aborts. */
export async function runWorker(activity: Activity, signal: AbortSignal): Promise<void> {
  const poll = new PollForActivityTaskCommand({
    domain: DOMAIN,
    taskList: { name: activity },
    identity: `worker of ${activity}`,
  });
  while (!signal.aborted) {
    const { taskToken, activityId, input } = await client.send(poll, { abortSignal: signal });
    // No task came within a minute.
    if (!taskToken) continue;
    say('worker', `${activityId}: begins`);
    const outcome = await answer(taskToken, WORK[activity](JSON.parse(input ?? '{}')));
    say('worker', `${activityId}: ${outcome}`);
  }
}

/** Reports what has become of a task, and gives it in words. */
async function answer(taskToken: string, work: Promise<string>): Promise<string> {
  const command = await work.then(
    (result) => new RespondActivityTaskCompletedCommand({ taskToken, result }),
    (error) => new RespondActivityTaskFailedCommand({ taskToken, reason: String(error) }),
  );
  try {
    await client.send(command);
    return 'result' in command.input ? String(command.input.result) : 'failed';
  } catch (error) {
    // The task has timed out meanwhile, and another attempt is under way.
    if (error instanceof UnknownResourceFault) return `too late (${error.message})`;
    throw error;
  }
}
