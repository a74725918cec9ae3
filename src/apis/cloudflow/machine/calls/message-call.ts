import type { JsonObject } from '../../language/json.ts';
import type { Attempt, Called } from './called.ts';

export function messageCall(resource: string, parameters: JsonObject, { idempotency }: Attempt): Called {
  const named = Object.entries(parameters).map(([name, value]) => [lowerCamel(name), value] as const);
  const input = { resource, parameters: Object.fromEntries(named), idempotency };
  return { effect: { kind: 'message', input }, target: resource };
}

function lowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
