import type { Call } from '../../api.ts';
import { applyToTask } from '../executions.ts';
import type { RespondActivityTaskCompletedInput } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_RespondActivityTaskCompleted.html */
export async function respondActivityTaskCompleted(
  swf: Swf,
  input: RespondActivityTaskCompletedInput,
  call: Call,
): Promise<void> {
  const task = swf.tokens.readTaskToken('activity', input.taskToken);
  const { scheduledEventId, startedEventId } = task;
  const { result } = input;
  const command = { type: 'complete-activity-task', scheduledEventId, startedEventId, result } as const;
  await applyToTask(swf, call, { task, command });
}
