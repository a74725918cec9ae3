import type { Json, JsonObject } from '../language/json.ts';
import type { ListNumber, Plan, StepNumber } from '../language/plan.ts';
import type {
  Callback,
  EnvironmentVariable,
  ExecutionLimits,
  FlowOfExecution,
  Follower,
  TaskOutcome,
} from './commands.ts';
import type { ResultPlace, TaskEffect, WriteResultsCall } from './effects.ts';

/** What DescribeExecution and lists need of any execution. */
export interface ExecutionFacts {
  readonly flow: FlowOfExecution;
  readonly definition: string;
  /** As the client sent it. */
  readonly input: string;
  readonly environment: readonly EnvironmentVariable[];
  readonly callback?: Callback;
  /** Who came later to wait for its end. */
  readonly followers?: readonly Follower[];
  readonly origin?: string;
  readonly mapRun?: string;
  readonly limits: ExecutionLimits;
  readonly status: 'Running' | 'Stopped' | 'Succeeded' | 'Failed' | 'TimedOut';
  /** In epoch milliseconds. */
  readonly startedAt: number;
  readonly stoppedAt?: number;
  /** Of an execution that has ended: its output, or the error and cause of its last event. */
  readonly outcome?: TaskOutcome;
}

/** What one execution is at present: plain JSON, times in epoch milliseconds, ids of events as numbers. */
export interface State extends Writable<ExecutionFacts> {
  language: Plan['language'];
  /** `input`, read. */
  given: Json;
  /** `environment`, as expressions see it. */
  variables: JsonObject;
  /** When the execution times out. */
  due: number | null;
  /** Time of the latest change. */
  latest: number;
  /** `$Global`. */
  global: Record<string, Json>;
  /** Lists of steps being run, by the event that began them. */
  scopes: Record<number, Scope>;
  /** By StepEntered event. */
  steps: Record<number, ActiveStep>;
  /** Scopes and steps that can go on at once, the next one last. */
  ready: number[];
  /** Steps that something is due for: a heap, earliest first. */
  timers: number[];
  /** By effect key. */
  effects: Record<string, OpenEffect>;
  /** By name; those of steps that have ended stay. */
  mapRuns: Record<string, MapRun>;
  /** Set once no step may begin any more: what the execution ends with when those at work have been finished. */
  windingDown?: { readonly error: string; readonly cause: string };
  /** Steps that have been left, each as often as it was. */
  stepsDone: number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A list of steps being run: the flow's, a branch's, an iteration's, or a choice option's. */
export interface Scope {
  readonly list: ListNumber;
  /** Step that it belongs to; 0 for the flow itself. */
  readonly owner: number;
  /** Which branch or iteration it is, from 0. */
  readonly place: number;
  /** Step to enter next; null at the end of the list. */
  at: StepNumber | null;
  /** The step that is active; 0 while none is. */
  step: number;
  /** Legacy: what its steps see as `$input`. */
  readonly input: Json;
  /** Legacy: its local. State machine: what the next state receives. */
  value: Json;
  /** Latest event of this list. */
  last: number;
}

/**
 * entered: being worked on in this very turn · waiting: a wait · calling: a call runs · awaiting: called, its callback or
 * child is to come · pausing: before a retry · nested: its branches, iterations, option or children run.
 */
export type Phase = 'entered' | 'waiting' | 'calling' | 'awaiting' | 'pausing' | 'nested';

export interface ActiveStep {
  readonly scope: number;
  readonly place: StepNumber;
  readonly name: string;
  phase: Phase;
  /** Latest event of this step. */
  last: number;
  input: Json;
  /** When its wait, pause or time to work ends. */
  due: number | null;
  /** Its place in `State.timers`; -1 outside. */
  timer: number;
  /** Calls and nests begun so far; a map that reads items or writes results has several in one attempt. */
  attempts: number;
  /** Retries used, by retry rule. */
  retries: number[];
  /** Where a choice goes on. */
  goto?: StepNumber;
  task?: RunningTask;
  nest?: Nest;
}

/** Attempts of a step before the present or next one. */
export function retriesOf({ retries }: Pick<ActiveStep, 'retries'>): number {
  return retries.reduce((sum, count) => sum + count, 0);
}

/** request: the call's outcome is the task's · system: that of a child execution is · callback: a report is. */
export type TaskMode = 'request' | 'system' | 'callback';

/** The present attempt of a task. */
export interface RunningTask {
  readonly mode: TaskMode;
  readonly kind: TaskEffect['kind'];
  /** What is called, for those who look at it. */
  readonly target: string;
  /** The execution that it starts. */
  readonly child?: { readonly flowName: string; readonly executionName: string };
}

/** What runs inside a step. */
export interface Nest {
  readonly kind: 'option' | 'branches' | 'iterations' | 'executions';
  readonly total: number;
  begun: number;
  running: number;
  finished: number;
  /** How many may run at a time; 0 is any number. */
  limit: number;
  /** Inputs of iterations or child executions. */
  readonly items: readonly Json[];
  readonly results: Json[];
  /** Scopes that run; for child executions the places. */
  readonly children: Record<number, true>;
  /** True while it is among `State.ready`. */
  isReady: boolean;
  /** Set for child executions. */
  mapRun?: string;
}

/** Effects of child executions are made when they are asked for, since most of them is common to all. */
export type OpenEffect =
  | TaskEffect
  | { readonly kind: 'map-child'; readonly step: number; readonly place: number };

/** A run of a distributed map. */
export interface MapRun {
  readonly name: string;
  /** StepEntered event of its state. */
  readonly step: number;
  readonly list: ListNumber;
  readonly mode: 'Standard' | 'Express';
  status: 'Running' | 'Succeeded' | 'Failed' | 'Stopped';
  readonly startedAt: number;
  stoppedAt?: number;
  concurrency: number;
  toleratedFailedCount?: number;
  toleratedFailedPercentage?: number;
  /** Where results are written when all children have ended; the state then keeps none itself. */
  readonly results?: ResultPlace;
  /** Kept where results are written. */
  notStarted?: Record<number, WriteResultsCall['notStarted'][number]>;
  /** How many items each child has, where children have batches. */
  readonly sizes?: readonly number[];
  /** Of items. */
  readonly counts: ItemCounts;
}

export interface ItemCounts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  aborted: number;
  readonly total: number;
}

export function initial(): State {
  return {
    flow: { name: '', mode: 'Standard', roleArn: '', version: '' },
    definition: '',
    input: '{}',
    environment: [],
    limits: {
      events: 0,
      stepBytes: 0,
      variableNameBytes: 0,
      variableBytes: 0,
      allVariablesBytes: 0,
      seconds: 0,
      foreachConcurrency: 0,
      mapConcurrency: 0,
      distributedMapConcurrency: 0,
      mapRuns: 0,
      mapItems: 0,
      mapItemBytes: 0,
      waitSeconds: 0,
    },
    status: 'Running',
    startedAt: 0,
    language: 'legacy',
    given: {},
    variables: {},
    due: null,
    latest: 0,
    global: {},
    scopes: {},
    steps: {},
    ready: [],
    timers: [],
    effects: {},
    mapRuns: {},
    stepsDone: 0,
  };
}

/** The step of a StepEntered event, which must be active. */
export function stepOf(state: State, id: number): ActiveStep {
  return state.steps[id] ?? missing('step', id);
}

/** The scope of a number, which must be open. */
export function scopeOf(state: State, id: number): Scope {
  return state.scopes[id] ?? missing('scope', id);
}

export function nestOf(step: ActiveStep): Nest {
  return step.nest ?? missing('nest of step', step.last);
}

function missing(what: string, id: number): never {
  throw new Error(`There is no ${what} ${id}.`);
}
