import type { IncomingHttpHeaders } from 'node:http';
import { type Fault, JsonText } from '../apis/api.ts';
import type { Clock } from '../kernel/clock.ts';
import { coralFault, NotAllowed } from '../wire/errors.ts';
import { decodeAwsJson, encodeAwsJsonFault } from '../wire/protocols/aws-json.ts';
import type { Verified } from '../wire/signatures/aws-v4.ts';
import type { SignedRequest } from '../wire/signatures/aws-v4-canonical.ts';
import type { Authenticate, Principal } from './authenticate.ts';
import { ClientLeft } from './body.ts';
import { RequestCall } from './call.ts';
import type { Log } from './log.ts';
import type { OpenCalls } from './open-calls.ts';
import type { Peer } from './peer.ts';
import type { FindTarget, Route } from './route.ts';

export interface PipelineOptions {
  readonly findTarget: FindTarget;
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly log: Log;
  readonly open: OpenCalls;
}

/** A request as it has arrived, through whichever lane. */
export interface Arrival {
  /** What its `X-Amz-Target` says. */
  readonly target: string;
  readonly peer: Peer;
  /** The whole of it; rejects with `ClientLeft` when it never comes. */
  read(): ReadRequest | Promise<ReadRequest>;
}

export type ReadRequest = SignedRequest & { readonly headers: IncomingHttpHeaders; readonly body: Buffer };

export interface Answer {
  readonly status: number;
  readonly requestId: string;
  readonly contentType: string;
  /** The body; may be empty. */
  readonly text: string;
}

/** Answers one request, whatever happens; undefined when nobody is there to be answered. Never throws. */
export type Serve = (arrival: Arrival) => Promise<Answer | undefined>;

const DEFAULT_CONTENT_TYPE = 'application/x-amz-json-1.0';

/** authenticate → decode → validate → authorize → operate → encode */
export function createPipeline(options: PipelineOptions): Serve {
  const { findTarget, authenticate, clock, log, open } = options;

  const operate = async (route: ReturnType<FindTarget>, arrival: Arrival, begun: Begun): Promise<string> => {
    // Also what no API serves is read, so that the connection can be used again.
    const read = arrival.read();
    const request = read instanceof Promise ? await read : read;
    if ('error' in route) throw route.error;
    begun.now = clock.now();
    const caller = authenticate(request, route.services, begun.now);
    const input = decodeAwsJson(request.headers, request.body);
    route.validate(input);
    const exchange = { ...begun, peer: arrival.peer, headers: request.headers };
    const call = new RequestCall(caller, exchange, open);
    authorize(route, input, { caller, call });
    const output = await route.run(input, call);
    if (output === undefined) return '';
    return output instanceof JsonText ? output.text : JSON.stringify(output);
  };

  return async (arrival) => {
    const begun: Begun = { requestId: options.newRequestId(), now: clock.now() };
    const { requestId } = begun;
    const route = findTarget(arrival.target);
    let status = 200;
    let text: string;
    try {
      text = await operate(route, arrival, begun);
    } catch (error) {
      if (error instanceof ClientLeft) return undefined;
      const fault = faultOf(route.api?.fault ?? coralFault, error);
      status = fault.status;
      text = encodeAwsJsonFault(fault);
      if (status >= 500) log.error({ requestId, target: arrival.target, err: error }, 'request failed');
    }
    if ('metrics' in route) route.metrics.observe(status, clock.now() - begun.now);
    const contentType = 'contentType' in route ? route.contentType : DEFAULT_CONTENT_TYPE;
    return { status, requestId, contentType, text };
  };
}

interface Begun {
  readonly requestId: string;
  now: number;
}

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
