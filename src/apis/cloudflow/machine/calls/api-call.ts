import type { JsonObject } from '../../language/json.ts';
import type { Attempt, Called } from './called.ts';

export function apiCall(action: string, parameters: JsonObject, { idempotency }: Attempt): Called {
  const [product = '', api = ''] = action.split(':');
  return { effect: { kind: 'api', input: { product, api, parameters, idempotency } }, target: action };
}
