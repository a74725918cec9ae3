import type { CloseStatus, ExecutionConfiguration, Limits, ParentLink, VersionedType } from './values.ts';

/** What one execution is at present: plain JSON, times in epoch milliseconds, ids of events as numbers. */
export interface SwfState {
  scope: string;
  retentionDays: number;
  /** Null means the default quotas. */
  limits: Limits | null;
  workflowType: VersionedType;
  startedAt: number;
  /** When the execution times out. */
  due: number | null;
  configuration: ExecutionConfiguration;
  tags: readonly string[];
  parent: ParentLink | null;
  cancelRequested: boolean;
  latestExecutionContext: string | null;
  latestActivityAt: number | null;
  /** Where decision tasks go instead of the configured list; temporary when it has a timeout. */
  override: { readonly taskList: string; readonly scheduleToStartTimeout: string | null } | null;
  /** Started event of the decision task that was completed last; 0 before the first. */
  previousStartedEventId: number;
  decision: DecisionTask | null;
  /** Scheduled while `decision` is started; held back until that one closes. */
  nextDecision: DecisionTask | null;
  /** By scheduled event. */
  activities: Record<number, Activity>;
  /** Scheduled event of each open activity; see `idKey`. */
  activityIds: Record<string, number>;
  /** By timer id; see `idKey`. */
  timers: Record<string, Timer>;
  /** By initiated event. */
  children: Record<number, Child>;
  /** By scheduled event. */
  lambdas: Record<number, Lambda>;
  /** Scheduled event of each open function; see `idKey`. */
  lambdaIds: Record<string, number>;
  /** Outlives the records above: a closed execution still shows what it left open. */
  open: OpenCounts;
  close: { readonly status: CloseStatus; readonly at: number } | null;
}

export interface OpenCounts {
  decisions: number;
  activities: number;
  timers: number;
  children: number;
  lambdas: number;
}

export interface DecisionTask {
  readonly scheduledEventId: number;
  readonly scheduledAt: number;
  readonly taskList: string;
  /** Milliseconds it may wait on an override list. */
  readonly startWithin: number | null;
  /** 0 until started. */
  startedEventId: number;
  due: number | null;
}

export interface Activity {
  readonly activityId: string;
  readonly type: VersionedType;
  readonly taskList: string;
  readonly priority: number;
  readonly scheduledAt: number;
  /** Kept only until the task is handed out. */
  input: string | null;
  /** 0 until started. */
  startedEventId: number;
  /** Latest cancel request; 0 without one. */
  cancelEventId: number;
  /** Details of the last heartbeat that had some. */
  details: string | null;
  readonly startToClose: number | null;
  readonly heartbeat: number | null;
  startBy: number | null;
  readonly closeBy: number | null;
  finishBy: number | null;
  heartbeatBy: number | null;
  /** Earliest of the four, or when its cancellation takes effect. */
  due: number | null;
}

export interface Timer {
  readonly startedEventId: number;
  readonly due: number;
}

export interface Child {
  readonly workflowId: string;
  readonly type: VersionedType;
  /** 0 until it has reported that it runs. */
  startedEventId: number;
}

export interface Lambda {
  readonly id: string;
  readonly name: string;
  readonly input: string | null;
  readonly startToClose: number;
  /** 0 until started. */
  startedEventId: number;
  due: number;
}

/** Key of a client's id in a record: a colon, which no id may hold, keeps it apart from names every object has. */
export function idKey(id: string): string {
  return `:${id}`;
}

export function initial(): SwfState {
  return {
    scope: '',
    retentionDays: 0,
    limits: null,
    workflowType: { name: '', version: '' },
    startedAt: 0,
    due: null,
    configuration: {
      taskList: { name: '' },
      executionStartToCloseTimeout: 'NONE',
      taskStartToCloseTimeout: 'NONE',
      childPolicy: 'ABANDON',
    },
    tags: [],
    parent: null,
    cancelRequested: false,
    latestExecutionContext: null,
    latestActivityAt: null,
    override: null,
    previousStartedEventId: 0,
    decision: null,
    nextDecision: null,
    activities: {},
    activityIds: {},
    timers: {},
    children: {},
    lambdas: {},
    lambdaIds: {},
    open: { decisions: 0, activities: 0, timers: 0, children: 0, lambdas: 0 },
    close: null,
  };
}
