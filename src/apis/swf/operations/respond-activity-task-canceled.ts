import type { Call } from '../../api.ts';
import { applyToTask } from '../executions.ts';
import type { RespondActivityTaskCanceledInput } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_RespondActivityTaskCanceled.html */
export async function respondActivityTaskCanceled(
  swf: Swf,
  input: RespondActivityTaskCanceledInput,
  call: Call,
): Promise<void> {
  const task = swf.tokens.readTaskToken('activity', input.taskToken);
  const { scheduledEventId, startedEventId } = task;
  const { details } = input;
  const command = { type: 'cancel-activity-task', scheduledEventId, startedEventId, details } as const;
  await applyToTask(swf, call, { task, command });
}
