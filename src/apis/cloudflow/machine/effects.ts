import type { JsonObject } from '../language/json.ts';
import type { ItemSource, ListNumber } from '../language/plan.ts';

/**
 * Work that a step asks for; `async-function` is done once the call has been accepted. The last two are those of maps.
 * Its outcome's value is a `JsonObject` or other JSON value; a failure is a `Rejection` whose
 * name is the flow language's error name (for example `FC.ResourceThrottled`) and whose details are the cause (text).
 * `idempotency` is the same whenever the same attempt is made again.
 */
export type TaskEffect =
  | { readonly kind: 'function'; readonly input: FunctionCall }
  | { readonly kind: 'async-function'; readonly input: FunctionCall }
  | { readonly kind: 'http'; readonly input: HttpCall }
  | { readonly kind: 'message'; readonly input: MessageCall }
  | { readonly kind: 'flow'; readonly input: FlowCall }
  | { readonly kind: 'api'; readonly input: ApiCall }
  | { readonly kind: 'read-items'; readonly input: ReadItemsCall }
  | { readonly kind: 'write-results'; readonly input: WriteResultsCall };

export interface FunctionCall {
  /** The ARN as written. */
  readonly resource: string;
  /** JSON text of the event. */
  readonly event: string;
  readonly idempotency: string;
}

export interface HttpCall {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as it is; absent is none. */
  readonly body?: string;
  readonly isJson: boolean;
  readonly idempotency: string;
}

/** To a queue or topic, in either language's parameters, names in lower camel case. */
export interface MessageCall {
  readonly resource: string;
  readonly parameters: JsonObject;
  readonly idempotency: string;
}

/** Starts an execution of another flow; its outcome is what StartExecution answers. */
export interface FlowCall {
  readonly flowName: string;
  readonly executionName: string;
  /** JSON text. */
  readonly input: string;
  /** Set when the execution started shall report its end to the task that started it. */
  readonly reportsTo?: number;
  /** Set for a child of a distributed map: what it runs instead of a flow as it is now. */
  readonly mapRun?: MapRunOfChild;
}

export interface MapRunOfChild {
  readonly name: string;
  /** That of the flow whose map it is; the child runs only the given list of it: the map's processor. */
  readonly definition: string;
  readonly list: ListNumber;
  readonly mode: 'Standard' | 'Express';
}

/** Any other action: `product` as written, parameters with their names as written. */
export interface ApiCall {
  readonly product: string;
  readonly api: string;
  readonly parameters: JsonObject;
  readonly idempotency: string;
}

/** Reads the items of a distributed map; its outcome's value is a list of them. */
export interface ReadItemsCall {
  readonly source: ItemSource;
  readonly bucket: string;
  /** Of the object that holds the items; where objects are the items, the beginning of their keys. */
  readonly key: string;
  /** Names of columns; absent where the first row has them. */
  readonly headers?: readonly string[];
  /** So many items are wanted, whatever there is more. */
  readonly wanted?: number;
  /** Most items, and bytes of their JSON, that there may be; 0 is no limit. */
  readonly most: number;
  readonly mostBytes: number;
}

/** Writes what the children of a map run have come to; its outcome's value is the place of the manifest. */
export interface WriteResultsCall extends ResultPlace {
  readonly mapRun: string;
  readonly children: number;
  /** What went wrong with children that could not even be started, by their place. */
  readonly notStarted: Readonly<Record<number, { readonly error: string; readonly cause: string }>>;
}

export interface ResultPlace {
  readonly bucket: string;
  /** What the keys begin with. */
  readonly prefix: string;
}
