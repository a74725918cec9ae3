import type { Status, Summary } from '../../../kernel/machine.ts';
import type { SwfState } from './state.ts';
import type { CloseStatus, WorkflowExecution } from './values.ts';

const DAY = 86_400_000;

const statuses: Readonly<Record<CloseStatus, Status>> = {
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  CANCELED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed-out',
  CONTINUED_AS_NEW: 'succeeded',
};

/** What SWF's own lists show beside the summary. */
export interface SummaryDetail {
  readonly parent?: WorkflowExecution;
  /** Only open executions ever show a cancel request. */
  readonly cancelRequested: boolean;
}

export function summary(state: SwfState): Summary {
  const { close, workflowType, parent } = state;
  const detail: SummaryDetail = {
    ...(parent && { parent: { workflowId: parent.workflowId, runId: parent.runId } }),
    cancelRequested: state.cancelRequested && close === null,
  };
  const shown = { type: workflowType.name, typeVersion: workflowType.version, tags: state.tags, detail };
  if (close === null) return { status: 'running', vendorStatus: 'OPEN', ...shown };
  const expiresAt = close.at + state.retentionDays * DAY;
  return {
    status: statuses[close.status],
    vendorStatus: close.status,
    ...shown,
    endedAt: close.at,
    expiresAt,
  };
}
