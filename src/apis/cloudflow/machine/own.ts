import type { Json, JsonObject } from '../language/json.ts';
import type { ListNumber, Plan, StepNumber } from '../language/plan.ts';
import type { TaskEffect } from './effects.ts';
import type { EventType } from './events.ts';
import type { ExecutionFacts, MapRun, RunningTask } from './state.ts';

/** `own` of each event type: what the state needs beside what the history shows. `of` is the step's StepEntered event. */
export interface OwnParts {
  readonly ExecutionStarted: {
    readonly facts: Omit<ExecutionFacts, 'status' | 'startedAt' | 'stoppedAt' | 'outcome' | 'followers'>;
    readonly language: Plan['language'];
    readonly due: number | null;
    readonly list: ListNumber;
    readonly at: StepNumber | null;
    /** Set where the flow's steps do not see the execution's own input. */
    readonly scopeInput?: Json;
  };
  readonly ExecutionStopped: Nothing;
  readonly ExecutionSucceeded: Nothing;
  readonly ExecutionFailed: Nothing;
  readonly ExecutionTimedOut: Nothing;
  readonly StepEntered: { readonly scope: number; readonly place: StepNumber };
  readonly StepStarted: { readonly of: number } & StepPlans;
  readonly StepSucceeded: Of;
  readonly StepFailed: { readonly of: number; readonly retry?: Retry };
  readonly StepExited: {
    readonly of: number;
    readonly next: StepNumber | null;
    /** What the state adds to `$Global`. */
    readonly global?: JsonObject;
  };
  readonly BranchEntered: Entered;
  readonly IterationEntered: Entered;
  /** `scope` is the event that entered it. */
  readonly BranchExited: { readonly scope: number };
  readonly IterationExited: { readonly scope: number };
  readonly TaskScheduled: {
    readonly of: number;
    readonly task: RunningTask;
    /** The call's input; its kind is the task's. */
    readonly call: TaskEffect['input'];
    readonly due?: number;
  };
  readonly TaskStarted: Of;
  readonly TaskSubmitted: Of;
  readonly TaskSubmitFailed: Failed;
  readonly TaskSucceeded: Of;
  readonly TaskFailed: Failed;
  readonly TaskTimedOut: Failed;
  readonly MapRunStarted: {
    readonly of: number;
    readonly run: MapRun;
    /** Set where the items were not there yet when the state started. */
    readonly nest?: NonNullable<StepPlans['nest']>;
  };
  readonly MapRunSucceeded: { readonly of: number; readonly name: string };
  readonly MapRunFailed: { readonly of: number; readonly name: string };
  readonly MapRunStopped: { readonly of: number; readonly name: string };
}

type Nothing = Readonly<Record<never, never>>;
type Failed = { readonly of: number; readonly retry?: Retry };
type Of = { readonly of: number };

interface Entered {
  readonly of: number;
  readonly place: number;
  readonly list: ListNumber;
  readonly at: StepNumber | null;
}

/** Which retry rule is used, and when the next attempt begins. */
export interface Retry {
  readonly rule: number;
  readonly at: number;
}

/** What a step that has started is about to do. */
export interface StepPlans {
  /** When its wait ends. */
  readonly due?: number;
  /** Where a choice goes on. */
  readonly goto?: StepNumber;
  /** The list of steps of a choice's option. */
  readonly option?: { readonly list: ListNumber; readonly at: StepNumber | null };
  readonly nest?: {
    readonly kind: 'branches' | 'iterations' | 'executions';
    readonly total: number;
    readonly limit: number;
    readonly items?: readonly Json[];
  };
}

/** An event with what is its own, as the machine makes and reads it. */
export interface TypedEvent<T extends EventType> {
  readonly type: T;
  readonly time: number;
  readonly step: string;
  readonly cause: number;
  readonly detail: JsonObject;
  readonly own: OwnParts[T];
}
