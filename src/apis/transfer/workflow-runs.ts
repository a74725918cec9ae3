import type { Clock } from '../../kernel/clock.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { LogGroups } from '../../logs/log-groups.ts';
import { ExecutionLog } from './execution-log.ts';
import type { TransferSettings } from './settings.ts';
import { createStartThrottle } from './start-throttle.ts';
import { createStepTokens } from './step-tokens.ts';
import type { WorkflowRuns } from './transfer.ts';

export interface WorkflowRunsOptions {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly logs: LogGroups;
  /** Seals tokens; the same for the lifetime of the store. */
  readonly tokenKey: Buffer;
  readonly throttle: TransferSettings['throttle'];
  /** Something failed that must not. */
  readonly report: (error: unknown) => void;
}

export function createWorkflowRuns(options: WorkflowRunsOptions): WorkflowRuns {
  const { kernel, clock, logs, tokenKey, throttle, report } = options;
  return {
    mayStart: createStartThrottle(throttle, () => clock.now()),
    tokens: createStepTokens(tokenKey),
    log: new ExecutionLog({ kernel, logs, now: () => clock.now(), report }),
  };
}
