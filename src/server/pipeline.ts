import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Fault, JsonText } from '../apis/api.ts';
import type { Clock } from '../kernel/clock.ts';
import { coralFault, NotAllowed } from '../wire/errors.ts';
import { decodeAwsJson, encodeAwsJsonFault } from '../wire/protocols/aws-json.ts';
import type { Verified } from '../wire/signatures/aws-v4.ts';
import type { Authenticate, Principal } from './authenticate.ts';
import { ClientLeft, readBody } from './body.ts';
import { type Exchange, RequestCall } from './call.ts';
import type { Log } from './log.ts';
import type { OpenCalls } from './open-calls.ts';
import type { FindTarget, Route } from './route.ts';

export interface PipelineOptions {
  readonly findTarget: FindTarget;
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly log: Log;
  readonly open: OpenCalls;
  /** Most bytes of a request, headers included. */
  readonly requestSize: number;
}

/** Answers one `X-Amz-Target` request, whatever happens; never throws. */
export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const DEFAULT_CONTENT_TYPE = 'application/x-amz-json-1.0';

/** authenticate → decode → validate → authorize → operate → encode */
export function createPipeline(options: PipelineOptions): Serve {
  const { findTarget, authenticate, clock, log, open, requestSize } = options;

  const operate = async (route: Route, exchange: Begun): Promise<string> => {
    const { request } = exchange;
    const body = await readBody(request, requestSize);
    exchange.now = clock.now();
    const { url, method, headers, rawHeaders } = request;
    const caller = authenticate({ url, method, headers, rawHeaders, body }, route.services, exchange.now);
    const input = decodeAwsJson(headers, body);
    route.validate(input);
    const call = new RequestCall(caller, exchange, open);
    authorize(route, input, { caller, call });
    const output = await route.run(input, call);
    if (output === undefined) return '';
    return output instanceof JsonText ? output.text : JSON.stringify(output);
  };

  return async (request, response) => {
    const requestId = options.newRequestId();
    const exchange: Begun = { request, response, requestId, now: clock.now() };
    const target = request.headers['x-amz-target'];
    const route = findTarget(typeof target === 'string' ? target : '');
    open.begin();
    let status = 200;
    let text: string;
    try {
      if ('error' in route) throw route.error;
      text = await operate(route, exchange);
    } catch (error) {
      if (error instanceof ClientLeft) {
        open.end();
        return;
      }
      const fault = faultOf(route.api?.fault ?? coralFault, error);
      status = fault.status;
      text = encodeAwsJsonFault(fault);
      if (status >= 500) log.error({ requestId, target, err: error }, 'request failed');
    }
    const metrics = 'metrics' in route ? route.metrics : undefined;
    metrics?.observe(status, clock.now() - exchange.now);
    answer(exchange, {
      status,
      text,
      type: 'contentType' in route ? route.contentType : DEFAULT_CONTENT_TYPE,
      close: open.stopping || !request.complete,
    });
    open.end();
  };
}

type Begun = Exchange & { now: number };

interface Asked {
  readonly caller: Verified<Principal>;
  readonly call: RequestCall;
}

/** A key without policies may do everything, so the permission is not even worked out. */
function authorize(route: Route, input: Readonly<Record<string, unknown>>, { caller, call }: Asked): void {
  if (caller.key.allows === undefined) return;
  const permission = route.api.permission(route.operation, input, call);
  if (!call.allows(permission)) throw new NotAllowed(caller.key.arn, permission.action, permission.resource);
}

/** An API whose own table of faults fails still answers. */
function faultOf(table: (error: unknown) => Fault, error: unknown): Fault {
  try {
    return table(error);
  } catch (second) {
    return coralFault(second);
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly type: string;
  /** No further request can follow on this connection. */
  readonly close: boolean;
}

function answer({ response, requestId }: Exchange, { status, text, type, close }: Answer): void {
  const headers = ['x-amzn-RequestId', requestId, 'Content-Type', type];
  headers.push('Content-Length', text === '' ? '0' : String(Buffer.byteLength(text)));
  if (close) headers.push('Connection', 'close');
  response.writeHead(status, headers);
  response.end(text);
}
