import type { Call } from '../../api.ts';
import { applyToTask } from '../executions.ts';
import type { RespondActivityTaskFailedInput } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_RespondActivityTaskFailed.html */
export async function respondActivityTaskFailed(
  swf: Swf,
  input: RespondActivityTaskFailedInput,
  call: Call,
): Promise<void> {
  const task = swf.tokens.readTaskToken('activity', input.taskToken);
  const { scheduledEventId, startedEventId } = task;
  const { reason, details } = input;
  const command = { type: 'fail-activity-task', scheduledEventId, startedEventId, reason, details } as const;
  await applyToTask(swf, call, { task, command });
}
