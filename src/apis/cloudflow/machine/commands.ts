import type { EffectOutcome } from '../../../kernel/machine.ts';
import type { Json } from '../language/json.ts';
import type { ListNumber } from '../language/plan.ts';

/** Everything that can happen to an execution of a flow. */
export type Command =
  | StartCommand
  | StopCommand
  | WindDownCommand
  | ReportCommand
  | FollowCommand
  | AbandonCommand
  | ChildEndedCommand
  | UpdateMapRunCommand
  | { readonly kind: 'effect-finished'; readonly key: string; readonly outcome: EffectOutcome }
  | { readonly kind: 'tick' };

/** Begins an execution; replies with nothing. The operation has checked that the definition can be read. */
export interface StartCommand {
  readonly kind: 'start';
  readonly flow: FlowOfExecution;
  readonly definition: string;
  /** JSON text of an object, exactly as the client sent it. */
  readonly input: string;
  readonly environment: readonly EnvironmentVariable[];
  /** Token of a task to be reported when this execution ends: CallbackFnFTaskToken, or that of a parent that waits. */
  readonly callback?: Callback;
  /** Which attempt of which task started this one, so that the same attempt made again is known; absent for clients. */
  readonly origin?: string;
  /** Set for a child of a distributed map. */
  readonly mapRun?: string;
  /** The list of the definition that such a child runs: the map's processor. Absent is the flow's own list. */
  readonly list?: ListNumber;
  readonly limits: ExecutionLimits;
}

export interface FlowOfExecution {
  readonly name: string;
  readonly mode: 'Standard' | 'Express';
  readonly roleArn: string;
  /** Version that was started, through an alias or by itself; empty for the flow as it is. */
  readonly version: string;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/** A task of another execution, as its token names it. */
export interface Callback {
  readonly scope: string;
  readonly executionName: string;
  readonly executionId: string;
  readonly taskEventId: number;
}

/** A task that waits for the end of an execution which others have started. */
export interface Follower extends Callback {
  /** Which attempt of the task; absent for clients. */
  readonly origin?: string;
}

/** Settings as they were when the execution began; 0 is no limit. */
export interface ExecutionLimits {
  readonly events: number;
  /** Input, output and local of a legacy step together, or input or output of a state, in bytes of JSON. */
  readonly stepBytes: number;
  /** Name of a global variable, in bytes. */
  readonly variableNameBytes: number;
  /** One global variable, and all of an execution together, in bytes of JSON. */
  readonly variableBytes: number;
  readonly allVariablesBytes: number;
  /** Of the whole execution, in seconds. */
  readonly seconds: number;
  readonly foreachConcurrency: number;
  readonly mapConcurrency: number;
  readonly distributedMapConcurrency: number;
  /** Map runs that are open at the same time. */
  readonly mapRuns: number;
  /** Items of a map run. */
  readonly mapItems: number;
  /** Bytes of JSON of items that are read from a bucket. */
  readonly mapItemBytes: number;
  readonly waitSeconds: number;
  /** How long a closed execution is kept, in milliseconds; absent is for ever. */
  readonly retentionMs?: number;
}

/** Ends the execution by its client; rejected when it has ended. */
export interface StopCommand {
  readonly kind: 'stop';
  readonly error: string;
  readonly cause: string;
}

/** Ends the execution as `stop` does, but only once the steps that are at work have been finished; none begins any more. */
export interface WindDownCommand {
  readonly kind: 'wind-down';
  readonly error: string;
  readonly cause: string;
}

/** One more task wants to be told of the end. Rejected with `InvalidArgument` when it is this execution's own. */
export interface FollowCommand {
  readonly kind: 'follow';
  readonly follower: Follower;
}

/** A task does not wait any more: ends what was started for it, and leaves what others have started. */
export interface AbandonCommand {
  readonly kind: 'abandon';
  /** The task, by its execution's id and its event. */
  readonly executionId: string;
  readonly taskEventId: number;
  readonly error: string;
  readonly cause: string;
}

/** Reply: the id of the event written (`number`). Rejected with the name `TaskAlreadyCompleted`. */
export interface ReportCommand {
  readonly kind: 'report';
  /** The event that the token names: the StepEntered of the task's step. */
  readonly taskEventId: number;
  readonly outcome: TaskOutcome;
}

export type TaskOutcome =
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly error: string; readonly cause: string };

/** The execution that a task of this one has started has ended. Ignored when nobody waits for it any more. */
export interface ChildEndedCommand {
  readonly kind: 'child-ended';
  readonly taskEventId: number;
  readonly executionName: string;
  readonly outcome: TaskOutcome;
}

/** Changes a map run that goes on; absent members stay. Rejected with the name `MapRunNotExists`. */
export interface UpdateMapRunCommand {
  readonly kind: 'update-map-run';
  readonly mapRun: string;
  readonly concurrency?: number;
  readonly toleratedFailedCount?: number;
  readonly toleratedFailedPercentage?: number;
}
