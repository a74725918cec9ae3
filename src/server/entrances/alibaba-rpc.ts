import { type AlibabaApi, JsonText } from '../../apis/api.ts';
import type { Clock } from '../../kernel/clock.ts';
import { unknownOperation } from '../../wire/errors.ts';
import {
  BODY_LIMIT,
  CONTENT_TYPE,
  calledOperation,
  encodeRpcAnswer,
  encodeRpcFault,
  givenRequestId,
  isRpc,
  readRpcRequest,
} from '../../wire/protocols/alibaba-rpc.ts';
import {
  alibabaFault,
  missingHeader,
  missingParameter,
  unsupportedAction,
  unsupportedVersion,
} from '../../wire/protocols/alibaba-rpc-errors.ts';
import { compileParameters, type ReadInput } from '../../wire/protocols/alibaba-rpc-input.ts';
import type { AlibabaRequest } from '../../wire/signatures/alibaba-request.ts';
import { isV3 } from '../../wire/signatures/alibaba-v3.ts';
import type { AuthenticateAlibaba } from '../authenticate.ts';
import type { Begun, Entrance } from '../entrance.ts';
import type { RequestMetrics } from '../request-metrics.ts';
import { createRoutes, type Replies, type Route } from '../route.ts';

export interface AlibabaRpcOptions {
  readonly apis: readonly AlibabaApi[];
  readonly metrics: RequestMetrics;
  readonly authenticate: AuthenticateAlibaba;
  readonly clock: Clock;
  /** How a form is answered that turns out to be meant for somebody else. */
  readonly otherReplies: Replies;
}

interface RpcRoute extends Route {
  readonly readInput: ReadInput;
}

const productOf = (api: object | undefined): string | undefined =>
  api !== undefined && 'product' in api ? String(api.product) : undefined;

const REPLIES: Replies = {
  contentType: CONTENT_TYPE,
  idHeader: 'x-acs-request-id',
  output: (output = {}, { requestId }) => {
    if (output instanceof JsonText) return encodeRpcAnswer(requestId, output.text);
    if ('Code' in output) throw new Error('an answer has a member Code, which clients take for an error');
    return encodeRpcAnswer(requestId, JSON.stringify(output));
  },
  fault: (fault, { requestId, host, api }) =>
    encodeRpcFault(fault, { requestId, host, product: productOf(api) }),
  faultOf: alibabaFault,
};

/** Requests to `/` that name action and version among their parameters or in `x-acs-…` headers. */
export function alibabaRpcEntrance(options: AlibabaRpcOptions): Entrance {
  const { authenticate, clock } = options;
  const findAction = createActions(options);
  return {
    replies: REPLIES,
    admit: async (arrival, begun) => {
      begun.host = arrival.headers.host ?? '';
      const request = await arrival.read(BODY_LIMIT);
      begun.now = clock.now();
      const rpc = readRpcRequest(request);
      if (!isRpc(rpc)) {
        begun.replies = options.otherReplies;
        throw unknownOperation();
      }
      begun.requestId = givenRequestId(rpc) ?? begun.requestId;
      const route = findAction(rpc, begun);
      const caller = authenticate(rpc, begun.now);
      return { route, request, caller, input: route.readInput(rpc.parameters) };
    },
  };
}

/** Finds the operation that a request asks for; throws when there is none of its name, or not in its version. */
type FindAction = (request: AlibabaRequest, begun: Begun) => RpcRoute;

function createActions({ apis, metrics }: AlibabaRpcOptions): FindAction {
  const actions = new Map<string, Map<string, RpcRoute>>();
  for (const api of apis)
    for (const route of createRoutes(api, REPLIES, metrics)) {
      const readInput = compileParameters(parametersOf(api, route.operation));
      const versions = actions.get(route.operation) ?? new Map<string, RpcRoute>();
      actions.set(route.operation, versions.set(api.version, { ...route, readInput }));
    }
  return (request, begun) => {
    const { action, version } = calledOperation(request);
    if (!action) throw isV3(request) ? missingHeader('x-acs-action') : missingParameter('Action');
    begun.target = action;
    const versions = actions.get(action);
    if (versions === undefined) throw unsupportedAction(action);
    if (!version) throw isV3(request) ? missingHeader('x-acs-version') : missingParameter('Version');
    const route = versions.get(version);
    if (route === undefined) throw unsupportedVersion(version);
    begun.api = route.api;
    begun.route = route;
    return route;
  };
}

function parametersOf({ name, parameters }: AlibabaApi, operation: string): AlibabaApi['parameters'][string] {
  const found = parameters[operation];
  if (found === undefined) throw new Error(`${name} serves ${operation}, whose parameters it does not have`);
  return found;
}
