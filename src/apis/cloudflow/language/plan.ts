import type { Expression, PathExpression } from './expression.ts';
import type { Json } from './json.ts';

/** What a definition means once it has been read and checked. Nothing in it needs to be looked up or parsed again. */
export type Plan = LegacyPlan | StateMachinePlan;

/** How an execution is run; items of a distributed map are executions in a mode of their own. */
export type ExecutionMode = 'Standard' | 'Express';

/** Waiting before retry k (from 1): `intervalSeconds × multiplier^(k−1)`, at most `maxIntervalSeconds`. */
export interface RetryRule {
  readonly errors: readonly string[];
  /** Retries, not calls. */
  readonly maxAttempts: number;
  readonly intervalSeconds: number;
  readonly multiplier: number;
  readonly maxIntervalSeconds: number;
}

/** Steps that run one after another, and the place of that list in `plan.lists`; the flow's own is the first. */
export interface LegacyPlan {
  readonly language: 'legacy';
  readonly inputMappings?: readonly Mapping[];
  readonly outputMappings?: readonly Mapping[];
  readonly timeoutSeconds?: number;
  /** Every list of steps: the flow's, and those of branches, iterations and options. */
  readonly lists: readonly (readonly LegacyStep[])[];
}

export interface Mapping {
  readonly target: string;
  /** A path below `$input`, `$local` or `$context`, or a constant. */
  readonly source: PathExpression | { readonly kind: 'literal'; readonly value: Json };
}

interface LegacyCommon {
  readonly name: string;
  readonly inputMappings?: readonly Mapping[];
  readonly outputMappings?: readonly Mapping[];
  /** Nothing after this step in its list runs. */
  readonly end: boolean;
}

export type LegacyStep =
  | (LegacyCommon & { readonly type: 'pass' | 'succeed' })
  | LegacyTask
  | LegacyChoice
  | (LegacyCommon & { readonly type: 'parallel'; readonly branches: readonly ListNumber[] })
  | LegacyForeach
  | (LegacyCommon & { readonly type: 'wait'; readonly until: LegacyWait })
  | (LegacyCommon & { readonly type: 'fail'; readonly error: string; readonly cause: string });

/** A place in `plan.lists`. */
export type ListNumber = number;
/** A place in the list that the step itself is in. */
export type StepNumber = number;

export interface LegacyTask extends LegacyCommon {
  readonly type: 'task';
  /** An ARN, or `product:Api` of an `action`. */
  readonly resource: { readonly arn: string } | { readonly action: string };
  readonly pattern: 'requestResponse' | 'sync' | 'waitForCallback';
  readonly timeoutSeconds?: number;
  /** A path starts at the step's input. */
  readonly serviceParams?: readonly (readonly [
    string,
    PathExpression | { readonly kind: 'literal'; readonly value: Json },
  ])[];
  readonly retry: readonly RetryRule[];
  readonly catch: readonly { readonly errors: readonly string[]; readonly goto: StepNumber }[];
  readonly errorMappings?: readonly Mapping[];
}

export interface LegacyChoice extends LegacyCommon {
  readonly type: 'choice';
  readonly options: readonly (LegacyOption & { readonly condition: Expression })[];
  readonly default?: LegacyOption;
}

export interface LegacyOption {
  readonly steps?: ListNumber;
  readonly goto?: StepNumber;
}

export interface LegacyForeach extends LegacyCommon {
  readonly type: 'foreach';
  readonly collection: PathExpression;
  readonly item: string;
  readonly index?: string;
  readonly steps: ListNumber;
}

/** Seconds, or a time as RFC 3339 text; each given, or found in the step's input. */
export type LegacyWait =
  | { readonly duration: number | PathExpression }
  | { readonly timestamp: string | PathExpression };

export interface StateMachinePlan {
  readonly language: 'state-machine';
  readonly name?: string;
  /** Of the whole execution, in seconds. */
  readonly timeoutSeconds?: number;
  /** Every list of states: the flow's, and those of branches and processors. */
  readonly lists: readonly StateList[];
}

export interface StateList {
  readonly startAt: StepNumber;
  readonly states: readonly FlowState[];
}

/** A constructor or parameters: literals, with expressions where a key ended in `.$`. */
export type Template =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Template])[] }
  | { readonly kind: 'array'; readonly items: readonly Template[] };

interface StateCommon {
  readonly name: string;
  readonly inputConstructor?: Template;
  readonly outputConstructor?: Template;
  readonly globalConstructor?: Template;
  /** Absent where the list ends with this state, and for choices. */
  readonly next?: StepNumber;
}

export type FlowState =
  | (StateCommon & { readonly type: 'Pass' | 'Succeed' })
  | (StateCommon & { readonly type: 'Wait'; readonly seconds: number | Expression })
  | (StateCommon & { readonly type: 'Fail'; readonly code: string; readonly detail: string })
  | ChoiceState
  | ParallelState
  | MapState
  | TaskState;

export interface ChoiceState extends StateCommon {
  readonly type: 'Choice';
  readonly branches: readonly { readonly condition: Expression; readonly next: StepNumber }[];
  readonly default?: StepNumber;
}

interface Catching {
  readonly retry: readonly RetryRule[];
  readonly catch: readonly CatchRule[];
}

export interface CatchRule {
  readonly errors: readonly string[];
  readonly outputConstructor?: Template;
  readonly next: StepNumber;
}

export interface ParallelState extends StateCommon, Catching {
  readonly type: 'Parallel';
  readonly branches: readonly ListNumber[];
}

export interface MapState extends StateCommon, Catching {
  readonly type: 'Map';
  /** Absent where a distributed map has an item reader. */
  readonly items?: Expression;
  readonly processor: ListNumber;
  readonly maxConcurrency?: number;
  readonly distributed?: DistributedMap;
}

/** What a bucket holds items as. */
export type ItemSource = 'objects' | 'csv' | 'json-list' | 'json-lines' | 'inventory';

export interface ItemReader {
  readonly source: ItemSource;
  /** Builds an object with a `Bucket`, and an `ObjectName` or, for the objects themselves, perhaps a `Prefix`. */
  readonly parameters: Template;
  /** Names of the columns of a CSV object; absent where its first row has them. */
  readonly headers?: readonly string[];
}

/** Every item or batch is an execution of its own, of the processor as a flow. */
export interface DistributedMap {
  readonly mode: ExecutionMode;
  /** Of the executions: JSON text of the processor as a flow. */
  readonly definition: string;
  /** Where items come from instead of an expression. */
  readonly itemReader?: ItemReader;
  /** Where results go: builds an object with a `Bucket` and perhaps a `Prefix`. */
  readonly resultWriter?: Template;
  readonly itemConstructor?: Template;
  /** How items are put together; as the definition has it. */
  readonly itemBatcher?: {
    readonly maxItems?: number;
    readonly maxBytes?: number;
    readonly input?: Template;
  };
  readonly maxItems?: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
}

export interface TaskState extends StateCommon, Catching {
  readonly type: 'Task';
  /** For example `FC` and `InvokeFunction`, as written. */
  readonly product: string;
  readonly api: string;
  readonly mode: 'RequestComplete' | 'WaitForSystemCallback' | 'WaitForCustomCallback';
  readonly parameters: Template;
  /** Seconds; 0 is never. */
  readonly timeoutSeconds?: number | Expression;
}
