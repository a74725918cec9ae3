import type { Call } from '../../api.ts';
import { applyToTask } from '../executions.ts';
import type { ActivityTaskStatus, RecordActivityTaskHeartbeatInput } from '../model/types.gen.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_RecordActivityTaskHeartbeat.html */
export async function recordActivityTaskHeartbeat(
  swf: Swf,
  input: RecordActivityTaskHeartbeatInput,
  call: Call,
): Promise<ActivityTaskStatus> {
  const task = swf.tokens.readTaskToken('activity', input.taskToken);
  const { scheduledEventId, startedEventId } = task;
  const { details } = input;
  const command = { type: 'record-heartbeat', scheduledEventId, startedEventId, details } as const;
  return (await applyToTask(swf, call, { task, command })) as ActivityTaskStatus;
}
