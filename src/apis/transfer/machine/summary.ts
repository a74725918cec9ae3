import type { Status, Summary } from '../../../kernel/machine.ts';
import { factsOf, type State } from './state.ts';

const STATUSES: Readonly<Record<State['status'], Status>> = {
  IN_PROGRESS: 'running',
  HANDLING_EXCEPTION: 'running',
  COMPLETED: 'succeeded',
  EXCEPTION: 'failed',
};

export function summary(state: State): Summary {
  const { workflowId, upload, keptMs } = factsOf(state);
  const { status, endedAt } = state;
  return {
    status: STATUSES[status],
    vendorStatus: status,
    type: workflowId,
    tags: [upload.serverId, upload.userName, workflowId],
    ...(endedAt !== null && { endedAt }),
    ...(endedAt !== null && keptMs !== undefined && { expiresAt: endedAt + keptMs }),
  };
}
