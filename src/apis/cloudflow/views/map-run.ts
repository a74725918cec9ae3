import type { MapRun } from '../machine/state.ts';
import { timeText } from './times.ts';

/** A run of a distributed map as the vendor answers. */
export function mapRunView(executionName: string, run: MapRun) {
  const { pending, running, succeeded, failed, aborted, total } = run.counts;
  return {
    MapRunName: run.name,
    ExecutionName: executionName,
    Status: run.status,
    StartedTime: timeText(run.startedAt),
    StoppedTime: run.stoppedAt === undefined ? '' : timeText(run.stoppedAt),
    ...mapRunSettings(run),
    ItemCounts: {
      Pending: pending,
      Running: running,
      Succeed: succeeded,
      Failed: failed,
      Aborted: aborted,
      Total: total,
    },
  };
}

export function mapRunSettings({ concurrency, toleratedFailedCount, toleratedFailedPercentage }: MapRun) {
  return {
    Concurrency: concurrency,
    ToleratedFailedCount: toleratedFailedCount ?? 0,
    ToleratedFailedPercentage: toleratedFailedPercentage ?? 0,
  };
}
