import type { Identity, Summary } from '../../../kernel/machine.ts';
import type { CloseStatus, WorkflowExecution, WorkflowExecutionInfo } from '../model/types.gen.ts';
import { seconds } from './seconds.ts';

/** What the machine keeps in a summary for this view. */
interface Detail {
  readonly parent?: WorkflowExecution;
  readonly cancelRequested: boolean;
}

/** An execution as lists show it, from its summary alone. */
export function executionInfo(execution: { identity: Identity; summary: Summary }): WorkflowExecutionInfo {
  const { identity, summary } = execution;
  const { parent, cancelRequested } = summary.detail as Detail;
  return {
    execution: { workflowId: identity.name, runId: identity.id },
    workflowType: { name: summary.type, version: summary.typeVersion ?? '' },
    startTimestamp: seconds(identity.startedAt),
    ...closing(summary),
    ...(parent !== undefined && { parent }),
    ...(summary.tags.length > 0 && { tagList: summary.tags }),
    cancelRequested,
  };
}

function closing({ endedAt, vendorStatus }: Summary) {
  if (endedAt === undefined) return { executionStatus: 'OPEN' } as const;
  return {
    closeTimestamp: seconds(endedAt),
    executionStatus: 'CLOSED',
    closeStatus: vendorStatus as CloseStatus,
  } as const;
}
