import type { TaskOutcome } from '../../machine/commands.ts';

/** A child execution of a map run that has ended. Times are epoch milliseconds. */
export interface EndedChild {
  readonly name: string;
  readonly flowName: string;
  readonly status: string;
  /** JSON text. */
  readonly input: string;
  readonly outcome: TaskOutcome | undefined;
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
}

/** The child of that name in a scope of executions; undefined when it is not there, or has not ended. */
export type FindChild = (scope: string, name: string) => Promise<EndedChild | undefined>;
