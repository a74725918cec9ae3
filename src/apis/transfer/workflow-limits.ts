const DAY_MS = 86_400_000;

/** Bounds of workflows and of their executions. */
export interface WorkflowLimits {
  /** Of an account and region. */
  readonly workflows: number;
  /** How long an execution that has ended is kept; absent means for good. */
  readonly keptMs?: number | undefined;
  /** At the same time in the whole installation; later ones wait. */
  readonly concurrentSteps: number;
  readonly concurrentDecrypts: number;
  readonly concurrentCalls: number;
  /** What starts within so long may wait for so long, to begin together. */
  readonly groupMs: number;
  /** Longest work on one step, custom steps aside. */
  readonly stepMs: number;
  /** Of a file once it is decrypted. */
  readonly decryptedBytes: number;
}

/** From the settings under `limits:`, where 0 stands for no limit. */
export function workflowLimitsFrom(values: Readonly<Record<string, number>>): WorkflowLimits {
  const limit = (name: string): number => values[`transfer.${name}`] || Number.MAX_SAFE_INTEGER;
  const days = values['transfer.executionDays'] ?? 0;
  const seconds = values['transfer.stepSeconds'] ?? 0;
  return {
    workflows: limit('workflows'),
    ...(days > 0 && { keptMs: days * DAY_MS }),
    concurrentSteps: limit('concurrentSteps'),
    concurrentDecrypts: limit('concurrentDecrypts'),
    concurrentCalls: limit('concurrentCalls'),
    groupMs: values['transfer.groupMilliseconds'] ?? 0,
    stepMs: seconds > 0 ? seconds * 1000 : Number.MAX_SAFE_INTEGER,
    decryptedBytes: limit('decryptedBytes'),
  };
}
