import type { Callback, EnvironmentVariable, ExecutionLimits, FlowOfExecution, TaskOutcome } from './commands.ts';

/** What DescribeExecution and lists need of any execution. */
export interface ExecutionFacts {
  readonly flow: FlowOfExecution;
  readonly definition: string;
  /** As the client sent it. */
  readonly input: string;
  readonly environment: readonly EnvironmentVariable[];
  readonly callback?: Callback;
  readonly mapRun?: string;
  readonly limits: ExecutionLimits;
  readonly status: 'Running' | 'Stopped' | 'Succeeded' | 'Failed' | 'TimedOut';
  /** In epoch milliseconds. */
  readonly startedAt: number;
  readonly stoppedAt?: number;
  /** Of an execution that has ended: its output, or the error and cause of its last event. */
  readonly outcome?: TaskOutcome;
}
