import type { Clock } from '../../kernel/clock.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { LogGroups } from '../../logs/log-groups.ts';
import { ExecutionLog } from './execution-log.ts';
import { createStartThrottle, type MayStart } from './start-throttle.ts';
import { createStepTokens, type StepTokens } from './step-tokens.ts';

/** What starting and running workflows needs beside the storage. */
export interface WorkflowRuns {
  readonly mayStart: MayStart;
  readonly tokens: StepTokens;
  readonly log: ExecutionLog;
}

export interface WorkflowRunsOptions {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly logs: LogGroups;
  /** Seals tokens; the same for the lifetime of the store. */
  readonly tokenKey: Buffer;
  readonly throttle: 'none' | 'aws';
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
