import type { Json } from '../../language/json.ts';
import type { Attempt, Called } from './called.ts';

/** Called asynchronously, a function is not waited for, unless its end is the task's. */
export function functionCall(
  resource: string,
  { event, isAsync = false }: { readonly event: Json; readonly isAsync?: boolean },
  { idempotency, mode }: Attempt,
): Called {
  const input = { resource, event: JSON.stringify(event), idempotency };
  const kind = isAsync && mode !== 'system' ? 'async-function' : 'function';
  return { effect: { kind, input }, target: resource };
}
