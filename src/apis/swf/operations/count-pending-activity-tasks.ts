import type { Call } from '../../api.ts';
import { queueName } from '../machine/offers.ts';
import type { CountPendingActivityTasksInput, PendingTaskCount } from '../model/types.gen.ts';
import { scopeOf } from '../names.ts';
import { findDomain } from '../resources/domains.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_CountPendingActivityTasks.html */
export function countPendingActivityTasks(
  swf: Swf,
  input: CountPendingActivityTasksInput,
  call: Call,
): PendingTaskCount {
  findDomain(swf, call, input.domain);
  const queue = queueName(scopeOf(call, input.domain), 'activity', input.taskList.name);
  return { count: swf.kernel.pending(queue), truncated: false };
}
