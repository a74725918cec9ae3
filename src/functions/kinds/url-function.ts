import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isJson, jsonAnswer, readAnswer } from '../answer.ts';
import type { Callable, CallOptions, FunctionSettings } from '../call-function.ts';
import type { UrlConfig } from '../function-config.ts';
import { FunctionFailed, functionFailed } from '../function-failed.ts';

const MAX_QUOTED = 1000;

interface Reply {
  readonly status: number;
  readonly body: string;
}

/** POSTs the event; an answer with another status than 2xx is the function's failure, its JSON body the payload. */
export function urlFunction({ url }: UrlConfig, { answerBytes }: FunctionSettings): Callable {
  const target = new URL(url);
  return {
    call: async (event, options) => {
      const { status, body } = await post(target, event, { ...options, answerBytes });
      if (status >= 200 && status < 300) return jsonAnswer(body);
      throw refused(status, body);
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
      readAnswer(response, answerBytes).then(
        (body) => resolve({ status: response.statusCode ?? 0, body }),
        reject,
      );
    });
    request.on('error', reject);
    request.end(event);
  });
}

function refused(status: number, body: string): FunctionFailed {
  const errorMessage = `The function answered with HTTP status ${status}`;
  if (body !== '' && isJson(body)) return new FunctionFailed('Handled', errorMessage, body);
  const quoted = body === '' ? '' : `: ${body.slice(0, MAX_QUOTED)}`;
  return functionFailed('Handled', {
    errorType: 'HttpStatus',
    errorMessage: `${errorMessage}${quoted}`,
    status,
  });
}
