import type { HttpAnswer } from '../../../http-client/exchange.ts';
import type { HttpRequest, SendHttp } from '../../../http-client/http-client.ts';
import { HttpFailed } from '../../../http-client/http-failed.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { EffectRunner } from '../../../kernel/effects.ts';
import { Rejection } from '../../../kernel/errors.ts';
import type { JsonObject } from '../language/json.ts';
import type { HttpCall } from '../machine/effects.ts';
import { attemptKey } from './attempt-key.ts';
import { httpBody, httpErrorName, httpHeader, isHttpFailure } from './inferred.ts';
import { WHOLE_TASK_MS } from './lease.ts';

/** Names the task in a request that asks for a callback; only the first origin gets to know it. */
export const CALLBACK_HEADER = 'x-fnf-http-callback-task-token';

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD'];

export interface HttpStepOptions {
  readonly sendHttp: SendHttp;
  readonly clock: Clock;
  /** From the request to the end of its answer; 0 is no limit. */
  readonly mostMilliseconds: number;
}

/** One HTTP request; its outcome is `{ Header, Code, Body }`. */
export function httpStep(options: HttpStepOptions): EffectRunner {
  return {
    leaseMs: WHOLE_TASK_MS,
    run: async ({ input }, { signal }): Promise<JsonObject> => {
      const result = resultOf(await answerTo(requestOf(input as HttpCall), options, signal));
      if (!isHttpFailure(result.Code)) return result;
      throw new Rejection(httpErrorName(result.Code), `HTTP status ${result.Code}`, JSON.stringify(result));
    },
  };
}

function resultOf({ status, headers, body }: HttpAnswer): JsonObject & { readonly Code: number } {
  return { Header: httpHeader(headers), Code: status, Body: httpBody(body, headers['content-type'] ?? '') };
}

/** What the flow gives goes before what is added. */
function requestOf(call: HttpCall): HttpRequest {
  const method = call.method.toUpperCase();
  if (!METHODS.includes(method)) throw failure('InvalidRequest', `${call.method} is no method for requests`);
  const given = new Set(Object.keys(call.headers).map((name) => name.toLowerCase()));
  const added = Object.entries({
    'Content-Type': call.isJson && call.body !== undefined ? 'application/json' : undefined,
    'Accept-Encoding': 'identity',
    'Idempotency-Key': attemptKey(call.idempotency),
  }).flatMap(([name, value]) =>
    value === undefined || given.has(name.toLowerCase()) ? [] : [[name, value]],
  );
  const headers = { ...Object.fromEntries(added), ...call.headers };
  return { url: call.url, method, headers, body: call.body };
}

async function answerTo(
  request: HttpRequest,
  { sendHttp, clock, mostMilliseconds }: HttpStepOptions,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const timeUp = new AbortController();
  const disarm =
    mostMilliseconds > 0 ? clock.at(clock.now() + mostMilliseconds, () => timeUp.abort()) : undefined;
  try {
    return await sendHttp(request, AbortSignal.any([signal, timeUp.signal]));
  } catch (error) {
    signal.throwIfAborted();
    if (timeUp.signal.aborted) throw failure('Timeout', `No answer within ${mostMilliseconds} ms`);
    throw error instanceof HttpFailed ? failure(error.failure, error.message) : error;
  } finally {
    disarm?.();
  }
}

function failure(reason: string, message: string): Rejection {
  return new Rejection(httpErrorName(reason), message, message);
}
