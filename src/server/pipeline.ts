import type { Fault, Operation } from '../apis/api.ts';
import type { Clock } from '../kernel/clock.ts';
import { NotAllowed } from '../wire/errors.ts';
import { ClientLeft } from './body.ts';
import { RequestCall } from './call.ts';
import { type Admitted, type Arrival, Begun, type Entrance } from './entrance.ts';
import type { Log } from './log.ts';
import type { OpenCalls } from './open-calls.ts';
import type { Peer } from './peer.ts';

export interface PipelineOptions {
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly log: Log;
  readonly open: OpenCalls;
}

export interface Answer {
  readonly status: number;
  readonly requestId: string;
  /** The header in which the client looks for the id. */
  readonly idHeader: string;
  readonly contentType: string;
  /** A further header, with its value. */
  readonly extraHeader?: readonly [name: string, value: string] | undefined;
  /** The body; may be empty. */
  readonly text: string;
}

/** Answers one request, whatever happens; undefined when nobody is there to be answered. Never throws. */
export type Serve = (arrival: Arrival) => Promise<Answer | undefined>;

/** authenticate → decode → validate (what an entrance does) → authorize → operate → encode */
export function createPipeline(options: PipelineOptions): (entrance: Entrance) => Serve {
  const { clock, newRequestId, open } = options;
  return (entrance) => (arrival) => {
    const begun = new Begun(entrance.replies, { target: arrival.target, now: clock.now(), newRequestId });
    return settle(run(entrance, arrival, { begun, open }), begun, options);
  };
}

type Running = ReturnType<Operation>;

interface Context {
  readonly begun: Begun;
  readonly open: OpenCalls;
}

function run(entrance: Entrance, arrival: Arrival, context: Context): Running {
  const { peer } = arrival;
  try {
    const admitting = entrance.admit(arrival, context.begun);
    if (!(admitting instanceof Promise)) return operate(admitting, peer, context);
    return admitting.then((admitted) => operate(admitted, peer, context));
  } catch (error) {
    return Promise.reject(error);
  }
}

function operate(admitted: Admitted, peer: Peer, { begun, open }: Context): Running {
  const { request, caller, route, input } = admitted;
  const exchange = { peer, userAgent: request.headers['user-agent'], about: begun };
  const call = new RequestCall(caller, exchange, open);
  authorize(admitted, call);
  return route.run(input, call);
}

/** Is not given the request: while a poll waits here, its bytes and headers can leave the memory. */
async function settle(
  running: Running,
  begun: Begun,
  { clock, log }: PipelineOptions,
): Promise<Answer | undefined> {
  let status = 200;
  let text: string;
  let extraHeader: Answer['extraHeader'];
  try {
    const output = await running;
    text = begun.replies.output(output, begun);
  } catch (error) {
    if (error instanceof ClientLeft) return undefined;
    const fault = faultOf(begun, error);
    status = fault.status;
    text = begun.replies.fault(fault, begun);
    const { errorHeader } = begun.replies;
    extraHeader = errorHeader === undefined ? undefined : [errorHeader, fault.type];
    const { requestId, target } = begun;
    if (status >= 500) log.error({ requestId, target, err: error }, 'request failed');
  }
  begun.route?.metrics.observe(status, clock.now() - begun.now);
  const { contentType, idHeader } = begun.replies;
  return { status, requestId: begun.requestId, idHeader, contentType, extraHeader, text };
}

/** A key without policies may do everything, so the permission is not even worked out. */
function authorize({ route, input, caller }: Admitted, call: RequestCall): void {
  if (caller.key.allows === undefined) return;
  const permission = route.api.permission(route.operation, input, call);
  if (permission === undefined || call.allows(permission)) return;
  throw new NotAllowed(caller.key.arn, permission.action, permission.resource);
}

/** An API whose own table of faults fails still answers. */
function faultOf({ api, replies }: Begun, error: unknown): Fault {
  try {
    return (api?.fault ?? replies.faultOf)(error);
  } catch (second) {
    return replies.faultOf(second);
  }
}
