import type { Identity } from '../../../kernel/machine.ts';
import type { Json, JsonObject } from '../language/json.ts';
import type { FlowCall } from '../machine/effects.ts';

/** For whom an operation of this service runs inside the service. */
export interface TaskContext {
  /** The execution whose task it is. */
  readonly execution: Identity;
  readonly signal: AbortSignal;
  /** The same whenever the same attempt is made again. */
  readonly idempotency: string;
}

/**
 * Starts an execution for a task and gives what StartExecution answers. Resolves once that is durable. Made again with the
 * same name by the same task it finds the execution it has started, ended or not. Throws `Rejection` with the API's own
 * error code, `Unavailable` while the store cannot write.
 */
export type StartFlow = (request: FlowCall, context: TaskContext) => Promise<Json>;

/** An operation by the parameters that its clients send. Throws as `StartFlow` does. */
export type OwnOperation = (parameters: JsonObject, context: TaskContext) => Promise<Json>;
