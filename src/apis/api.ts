import type { ServiceModel } from '../wire/shape.ts';

/** One vendor API, ready to be served: `server/` knows nothing of it but this. */
export interface Api {
  /** Its name in execution records and logs, for example `swf`. */
  readonly name: string;
  readonly protocol: 'aws-json-1.0' | 'aws-json-1.1' | 'aws-rest-json' | 'alibaba-rpc';
  readonly model: ServiceModel;
  /** X-Amz-Target prefixes under which it answers, first the usual one (aws-json only). */
  readonly targetPrefixes: readonly string[];
  readonly operations: Readonly<Record<string, Operation>>;
  /** What a caller must be allowed to do for this request, before the operation runs. */
  readonly permission: (
    operation: string,
    input: Readonly<Record<string, unknown>>,
    call: Call,
  ) => Permission;
  /** Turns anything an operation, the validator or the pipeline threw into the vendor's error. */
  readonly fault: (error: unknown) => Fault;
}

/**
 * Serves one operation of the vendor. `input` has been validated against the model. Gives the answer as wire-ready JSON
 * value, as text that is already JSON, or undefined for an empty body. Throws `Rejection` and the kernel's errors.
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
export interface Call {
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  /** Aborts when the client has left or the server stops: time for an empty answer. Costs nothing unless read. */
  readonly signal: AbortSignal;
  /** Whether nobody is there to read an answer. */
  readonly hasLeft: boolean;
  /** False when the caller may do everything, so that nothing needs to be asked. */
  readonly isRestricted: boolean;
  /** May this caller do that, beside what `permission` has checked already? */
  readonly allows: (permission: Permission) => boolean;
}

export interface Permission {
  /** For example `swf:StartWorkflowExecution`. */
  readonly action: string;
  /** For example `arn:aws:swf:us-east-1:000000000000:/domain/orders`. */
  readonly resource: string;
  /** Condition keys with their values, for example `swf:workflowType.name`. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** An error as the vendor writes it. */
export interface Fault {
  readonly status: number;
  /** Full type, with the vendor's namespace where it has one. */
  readonly type: string;
  readonly message: string;
}
