import type { Found } from '../kernel/execution-reader.ts';
import type { Caller } from '../kernel/polls.ts';
import type { ParameterTable } from '../wire/protocols/alibaba-rpc-shape.ts';
import type { ServiceModel } from '../wire/shape.ts';

/** One vendor API, ready to be served: `server/` knows nothing of it but this. */
export type Api = AwsApi | AwsQueryApi | AlibabaApi;

/** Called by `X-Amz-Target`. */
export interface AwsApi extends AnyApi {
  readonly protocol: 'aws-json-1.0' | 'aws-json-1.1' | 'aws-rest-json';
  readonly model: ServiceModel;
  /** X-Amz-Target prefixes under which it answers, first the usual one (aws-json only). */
  readonly targetPrefixes: readonly string[];
}

/** Called by a form that names action and version, without further parameters; answers are members of text, as XML. */
export interface AwsQueryApi extends AnyApi {
  readonly protocol: 'aws-query';
  /** For example `2011-06-15`. */
  readonly version: string;
  /** Of the XML elements. */
  readonly namespace: string;
  /** The service in the scopes of signatures. */
  readonly signingName: string;
}

/** Called by an action and a version, among parameters or headers. */
export interface AlibabaApi extends AnyApi {
  readonly protocol: 'alibaba-rpc';
  /** The vendor's code for it, for example `fnf`. */
  readonly product: string;
  /** For example `2019-03-15`. */
  readonly version: string;
  /** Of each operation. */
  readonly parameters: ParameterTable;
}

interface AnyApi {
  /** Its name in execution records and logs, for example `swf`. */
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** What a caller must be allowed to do for this request, before the operation runs; undefined for what everybody may. */
  readonly permission: (
    operation: string,
    input: Readonly<Record<string, unknown>>,
    call: Call,
  ) => Permission | undefined;
  /** Turns anything an operation, the validator or the pipeline threw into the vendor's error. */
  readonly fault: (error: unknown) => Fault;
}

/** An API whose executions Orrery's own API shows too. */
export type VisibleApi = Api & { readonly executions: ExecutionViews };

/**
 * Serves one operation of the vendor. `input` has been validated against the model. Gives the answer as wire-ready JSON
 * value, as text that is already JSON, or undefined for an empty body. Under `alibaba-rpc` it is an object without a member
 * `RequestId`, which is added, or `Code`, which would be an error. Throws `Rejection` and the kernel's errors.
 */
// biome-ignore lint/suspicious/noExplicitAny: the pipeline hands over what the model has validated
export type Operation = (input: any, call: Call) => Promise<object | JsonText | undefined>;

/** An answer that is JSON text already; spares parsing and printing long histories. */
export class JsonText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** One authenticated request. */
export interface Call extends Caller {
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  /** For example `arn:aws:iam::000000000000:user/OPS`. */
  readonly callerArn: string;
  /** Aborts when `hasEnded` comes to be: time for an empty answer. Costs nothing unless read. */
  readonly signal: AbortSignal;
  /** False when the caller may do everything, so that nothing needs to be asked. */
  readonly isRestricted: boolean;
  /** May this caller do that, beside what `permission` has checked already? */
  readonly allows: (permission: Permission) => boolean;
}

export interface Permission {
  /** For example `swf:StartWorkflowExecution` or `fnf:StartExecution`. */
  readonly action: string;
  /** For example `arn:aws:swf:us-east-1:000000000000:/domain/orders` or `acs:fnf:us-east-1:000000000000:flow/orders`. */
  readonly resource: string;
  /** Condition keys with their values, for example `swf:workflowType.name`. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** An error as the vendor writes it. */
export interface Fault {
  readonly status: number;
  /** Full type or code, with the vendor's namespace where it has one. */
  readonly type: string;
  readonly message: string;
  /** What the error's body holds beside its type, where that is not just the message (AWS JSON only). */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** How Orrery's own API shows the executions of this API without knowing it. All times are ISO 8601. */
export interface ExecutionViews {
  /** What a kernel scope of this API stands for. */
  readonly worldOf: (scope: string) => ScopeWorld;
  /** Reads the state before it returns its promise, so that what it tells is of one moment. */
  readonly describe: (execution: ExecutionSnapshot) => Promise<ExecutionDetails>;
  /** An event of the history from its JSON text and its place in the history, counted from 1. */
  readonly readEvent: (text: string, id: number) => EventRecord;
  /** Begins to read a history into the tree of its steps; absent where executions are not made of steps. */
  readonly readSteps?: () => StepReader;
}

/** Takes the events of a history from the first on, each as JSON text with its place. */
export interface StepReader {
  read(text: string, id: number): void;
  /** The steps that an event after this one has begun or changed, and those they are in; all after 0. */
  stepsSince(event: number): readonly StepRecord[];
}

/** A step of an execution, or a branch or iteration of one, with what is in it. Times are ISO 8601. */
export interface StepRecord {
  /** Unique among the steps of one execution. */
  readonly id: number;
  readonly name: string;
  /** `caught`: has failed, and the execution went on elsewhere; `cancelled`: what it is in was over before. */
  readonly status: 'running' | 'succeeded' | 'failed' | 'caught' | 'cancelled';
  /** How often its work has begun; 0 where there is none. */
  readonly attempts: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** JSON texts, of which long ones are cut. */
  readonly input: string | null;
  readonly output: string | null;
  /** The last failure, also that of an attempt that is followed by another. */
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly steps: readonly StepRecord[];
}

/** Whose executions a scope holds. */
export interface ScopeWorld {
  readonly account: string;
  readonly region: string;
  /** The vendor's name for the scope, for example the domain. */
  readonly name: string;
  /** What access control knows the scope's executions by. */
  readonly resource: string;
}

export type ExecutionSnapshot = Omit<Found, 'machine'>;

/** What the kernel does not know of an execution; null where there is nothing to tell. */
export interface ExecutionDetails {
  /** The vendor's id of this run. */
  readonly run: string;
  /** What it is about, in a few words for lists, where its name does not say it: the file of an upload. */
  readonly subject?: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly progress: { readonly done: number; readonly total: number | null; readonly unit: string };
  readonly open: Readonly<Record<'decisions' | 'activities' | 'timers' | 'children', number>>;
  /** Why nothing happens at present; empty for a closed execution. */
  readonly waitingFor: readonly Waiting[];
  readonly parent: ExecutionReference | null;
  /** Those that are open. */
  readonly children: readonly ExecutionReference[];
}

export interface Waiting {
  /** For example `no poller on decision task list X for 4 min`. */
  readonly text: string;
  readonly kind: 'poller' | 'worker' | 'timer' | 'child' | 'function' | 'message';
  /** What it waits for: a task list, an activity's, timer's or function's id, a child's name; null for anything. */
  readonly name: string | null;
  readonly since: string | null;
  /** When the waiting ends by itself; null for never. */
  readonly due: string | null;
}

export interface ExecutionReference {
  /** Null while it is being started. */
  readonly id: string | null;
  readonly name: string;
}

export interface EventRecord {
  readonly id: number;
  readonly time: string;
  readonly type: string;
  /** The attributes that matter most, on one line. */
  readonly summary: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
