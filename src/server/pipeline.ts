import type { Fault } from '../apis/api.ts';
import type { Clock } from '../kernel/clock.ts';
import { NotAllowed } from '../wire/errors.ts';
import { ClientLeft } from './body.ts';
import { RequestCall } from './call.ts';
import type { Admitted, Arrival, Begun, Entrance } from './entrance.ts';
import type { Log } from './log.ts';
import type { OpenCalls } from './open-calls.ts';

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
  /** The body; may be empty. */
  readonly text: string;
}

/** Answers one request, whatever happens; undefined when nobody is there to be answered. Never throws. */
export type Serve = (arrival: Arrival) => Promise<Answer | undefined>;

/** authenticate → decode → validate (what an entrance does) → authorize → operate → encode */
export function createPipeline(options: PipelineOptions): (entrance: Entrance) => Serve {
  const { clock, log, open } = options;
  return (entrance) => async (arrival) => {
    const begun = begin(entrance, arrival, options);
    let status = 200;
    let text: string;
    try {
      const admitting = entrance.admit(arrival, begun);
      const admitted = admitting instanceof Promise ? await admitting : admitting;
      const { request, caller } = admitted;
      const { requestId, now } = begun;
      const exchange = { requestId, now, peer: arrival.peer, headers: request.headers };
      const call = new RequestCall(caller, exchange, open);
      authorize(admitted, call);
      text = begun.replies.output(await admitted.route.run(admitted.input, call), begun);
    } catch (error) {
      if (error instanceof ClientLeft) return undefined;
      const fault = faultOf(begun, error);
      status = fault.status;
      text = begun.replies.fault(fault, begun);
      const { requestId, target } = begun;
      if (status >= 500) log.error({ requestId, target, err: error }, 'request failed');
    }
    begun.route?.metrics.observe(status, clock.now() - begun.now);
    const { contentType, idHeader } = begun.replies;
    return { status, requestId: begun.requestId, idHeader, contentType, text };
  };
}

function begin({ replies }: Entrance, { headers, target }: Arrival, options: PipelineOptions): Begun {
  return {
    requestId: options.newRequestId(),
    host: headers.host ?? '',
    now: options.clock.now(),
    target,
    replies,
    api: undefined,
    route: undefined,
  };
}

/** A key without policies may do everything, so the permission is not even worked out. */
function authorize({ route, input, caller }: Admitted, call: RequestCall): void {
  if (caller.key.allows === undefined) return;
  const permission = route.api.permission(route.operation, input, call);
  if (!call.allows(permission)) throw new NotAllowed(caller.key.arn, permission.action, permission.resource);
}

/** An API whose own table of faults fails still answers. */
function faultOf({ api, replies }: Begun, error: unknown): Fault {
  try {
    return (api?.fault ?? replies.faultOf)(error);
  } catch (second) {
    return replies.faultOf(second);
  }
}
