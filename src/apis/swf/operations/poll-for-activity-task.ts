import type { Call } from '../../api.ts';
import type { StartedActivityTask } from '../machine/commands.ts';
import { queueName } from '../machine/offers.ts';
import type { ActivityTask, HistoryEvent, PollForActivityTaskInput } from '../model/types.gen.ts';
import { scopeOf } from '../names.ts';
import { noTask } from '../no-task.ts';
import { pollTask } from '../poll-task.ts';
import { findDomain } from '../resources/domains.ts';
import type { Swf } from '../swf.ts';

const NO_TASK = { startedEventId: 0 };

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_PollForActivityTask.html */
export async function pollForActivityTask(
  swf: Swf,
  input: PollForActivityTaskInput,
  call: Call,
): Promise<ActivityTask | typeof NO_TASK> {
  findDomain(swf, call, input.domain);
  let isAgain = false;
  const handOut = await pollTask<StartedActivityTask>(swf, call, {
    queue: queueName(scopeOf(call, input.domain), 'activity', input.taskList.name),
    claim: (scheduledEventId, again) => {
      isAgain = again;
      return { type: 'start-activity-task', scheduledEventId, again, identity: input.identity };
    },
  });
  if (handOut === undefined) return noTask(swf, NO_TASK);
  const task = handOut.reply;
  const taskInput = task.input ?? (isAgain ? await scheduledInput(swf, task) : undefined);
  const { workflowId, runId, activityId, activityType, startedEventId } = task;
  return {
    taskToken: swf.tokens.taskToken({ kind: 'activity', ...task }),
    activityId,
    startedEventId,
    workflowExecution: { workflowId, runId },
    activityType,
    ...(taskInput !== undefined && { input: taskInput }),
  };
}

/** The state forgets an activity's input once it is handed out; the history does not. */
async function scheduledInput(
  swf: Swf,
  { runId, scheduledEventId }: StartedActivityTask,
): Promise<string | undefined> {
  const [text] = await swf.kernel.history(runId, scheduledEventId, scheduledEventId);
  const event = JSON.parse(text ?? '{}') as HistoryEvent;
  return event.activityTaskScheduledEventAttributes?.input;
}
