import type { Status, Summary } from '../../../kernel/machine.ts';
import type { State } from './state.ts';

const statuses: Readonly<Record<State['status'], Status>> = {
  Running: 'running',
  Succeeded: 'succeeded',
  Failed: 'failed',
  Stopped: 'terminated',
  TimedOut: 'timed-out',
};

/** What ListExecutions filters by beside the summary. */
export interface SummaryDetail {
  readonly MapRunName?: string;
}

export function summary(state: State): Summary {
  const { status, flow, mapRun, stoppedAt, limits } = state;
  const detail: SummaryDetail = mapRun === undefined ? {} : { MapRunName: mapRun };
  const { retentionMs } = limits;
  return {
    status: statuses[status],
    vendorStatus: status,
    type: flow.name,
    ...(flow.version !== '' && { typeVersion: flow.version }),
    tags: [],
    detail,
    ...(stoppedAt !== undefined && { endedAt: stoppedAt }),
    ...(stoppedAt !== undefined && retentionMs !== undefined && { expiresAt: stoppedAt + retentionMs }),
  };
}
