import type { Json } from '../../language/json.ts';
import type { Attempt, Called } from './called.ts';

export function functionCall(resource: string, event: Json, { idempotency }: Attempt): Called {
  const input = { resource, event: JSON.stringify(event), idempotency };
  return { effect: { kind: 'function', input }, target: resource };
}
