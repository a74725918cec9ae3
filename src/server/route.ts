import type { Api, Fault, Operation } from '../apis/api.ts';
import type { OperationMetrics, RequestMetrics } from './request-metrics.ts';

/** Everything that answering one operation needs, put together once. */
export interface Route {
  readonly api: Api;
  readonly operation: string;
  readonly run: Operation;
  readonly replies: Replies;
  readonly metrics: OperationMetrics;
}

/** How a protocol writes its answers. */
export interface Replies {
  readonly contentType: string;
  /** The header that carries the request's id. */
  readonly idHeader: string;
  /** The header that repeats an error's type; absent where there is none. */
  readonly errorHeader?: string;
  readonly output: (output: Awaited<ReturnType<Operation>>, about: Replied) => string;
  readonly fault: (fault: Fault, about: Replied) => string;
  /** The fault for an error that no API is there to write. */
  readonly faultOf: (error: unknown) => Fault;
}

/** What an answer tells of its request. */
export interface Replied {
  readonly requestId: string;
  /** As the client addressed it; empty when it did not say. */
  readonly host: string;
  readonly api: Api | undefined;
}

/** The operations of an API by their names; `replies` is how all of them answer. */
export function createRoutes<A extends Api>(
  api: A,
  replies: Replies,
  metrics: RequestMetrics,
): readonly (Route & { readonly api: A })[] {
  return Object.entries(api.operations).map(([operation, run]) => ({
    api,
    operation,
    run,
    replies,
    metrics: metrics.operation(api.name, operation),
  }));
}
