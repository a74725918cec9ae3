import type { Call } from '../../api.ts';
import { queueName } from '../machine/offers.ts';
import type { CountPendingDecisionTasksInput, PendingTaskCount } from '../model/types.gen.ts';
import { scopeOf } from '../names.ts';
import { findDomain } from '../resources/domains.ts';
import type { Swf } from '../swf.ts';

/** https://docs.aws.amazon.com/amazonswf/latest/apireference/API_CountPendingDecisionTasks.html */
export function countPendingDecisionTasks(
  swf: Swf,
  input: CountPendingDecisionTasksInput,
  call: Call,
): PendingTaskCount {
  findDomain(swf, call, input.domain);
  const queue = queueName(scopeOf(call, input.domain), 'decision', input.taskList.name);
  return { count: swf.kernel.pending(queue), truncated: false };
}
