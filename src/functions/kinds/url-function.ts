import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isJson, jsonAnswer, readAnswer } from '../answer.ts';
import type { Callable, CallOptions, FunctionSettings } from '../call-function.ts';
import type { UrlConfig } from '../function-config.ts';
import { FunctionFailed, functionFailed } from '../function-failed.ts';

const MAX_QUOTED = 1000;
/** Function Compute sets it on the answer of a handler that raised something. */
const RAISED = 'x-fc-error-type';
const ERROR_CODE = /^[A-Za-z0-9_.-]{1,128}$/;

interface Reply {
  readonly status: number;
  readonly hasRaised: boolean;
  readonly body: string;
}

/**
 * POSTs the event; an answer with another status than 2xx is the function's failure, its JSON body the payload, and
 * so is one that says so by the header of Function Compute.
 */
export function urlFunction({ url }: UrlConfig, { answerBytes }: FunctionSettings): Callable {
  const target = new URL(url);
  return {
    call: async (event, options) => {
      const { status, hasRaised, body } = await post(target, event, { ...options, answerBytes });
      if (status < 200 || status >= 300) throw refused(status, body);
      if (hasRaised) throw raised(body);
      return jsonAnswer(body);
    },
    stop: async () => undefined,
  };
}

/** On a connection of its own: a kept one may be closed by the other side just when the next event is sent. */
function post(
  url: URL,
  event: string,
  { signal, context, answerBytes }: CallOptions & Pick<FunctionSettings, 'answerBytes'>,
): Promise<Reply> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(event),
    'idempotency-key': context.idempotencyKey,
  };
  return new Promise((resolve, reject) => {
    const request = send(url, { method: 'POST', agent: false, headers, signal }, (response) => {
      const hasRaised = response.headers[RAISED] !== undefined;
      readAnswer(response, answerBytes).then(
        (body) => resolve({ status: response.statusCode ?? 0, hasRaised, body }),
        reject,
      );
    });
    request.on('error', reject);
    request.end(event);
  });
}

function raised(body: string): FunctionFailed {
  if (isJson(body)) {
    const message = 'The function raised an error';
    return new FunctionFailed({ kind: 'Handled', message, payload: body, source: { by: 'function' } });
  }
  return functionFailed('Unhandled', { errorType: 'InvalidAnswer', errorMessage: body.slice(0, MAX_QUOTED) });
}

function refused(status: number, body: string): FunctionFailed {
  const errorMessage = `The function answered with HTTP status ${status}`;
  const source = { by: 'service', status, code: codeIn(body) } as const;
  if (isJson(body))
    return new FunctionFailed({ kind: 'Handled', message: errorMessage, payload: body, source });
  const quoted = body === '' ? '' : `: ${body.slice(0, MAX_QUOTED)}`;
  const details = { errorType: 'HttpStatus', errorMessage: `${errorMessage}${quoted}`, status };
  return functionFailed('Handled', details, source);
}

/** `ErrorCode` of a body that Function Compute, or who answers like it, refuses with. */
function codeIn(body: string): string | undefined {
  if (!isJson(body)) return undefined;
  const { ErrorCode: code } = (JSON.parse(body) ?? {}) as { readonly ErrorCode?: unknown };
  return typeof code === 'string' && ERROR_CODE.test(code) ? code : undefined;
}
