import { isObject, type Json, type JsonObject } from '../../language/json.ts';
import { StepFailure } from '../failure.ts';
import { unusable } from '../inferred.ts';
import type { Attempt, Called } from './called.ts';

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD'];
const TOKEN_HEADER = 'X-FnF-Http-Callback-Task-Token';

/** One HTTP request; whoever is to report gets the token in a header. */
export function httpCall(parameters: JsonObject, { idempotency, token }: Attempt): Called {
  const { url, body } = parameters;
  if (typeof url !== 'string') throw new StepFailure(unusable('An HTTP request needs a url.'));
  const method = methodOf(parameters.method);
  const headers = { ...headersOf(parameters.headers), ...(token && { [TOKEN_HEADER]: token }) };
  const isText = typeof body === 'string';
  const sent = body === undefined ? undefined : { body: isText ? body : JSON.stringify(body) };
  const input = { url, method, headers, ...sent, isJson: body !== undefined && !isText, idempotency };
  return { effect: { kind: 'http', input }, target: `${method} ${url}` };
}

function methodOf(value: Json | undefined): string {
  const method = typeof value === 'string' ? value.toUpperCase() : '';
  if (METHODS.includes(method)) return method;
  throw new StepFailure(unusable(`The method of an HTTP request must be one of ${METHODS.join(', ')}.`));
}

function headersOf(value: Json | undefined): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (!isObject(value)) throw new StepFailure(unusable('The headers of an HTTP request must be a map.'));
  const entries = Object.entries(value).map(([name, header]) => [
    name,
    typeof header === 'string' ? header : JSON.stringify(header),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
