import { type AwsQueryApi, JsonText } from '../../apis/api.ts';
import type { Clock } from '../../kernel/clock.ts';
import {
  encodeAwsQuery,
  encodeAwsQueryFault,
  queryFault,
  readAwsQuery,
  unknownAction,
} from '../../wire/protocols/aws-query.ts';
import type { Authenticate } from '../authenticate.ts';
import type { Entrance } from '../entrance.ts';
import type { RequestMetrics } from '../request-metrics.ts';
import { createRoutes, type Replies, type Route } from '../route.ts';

export interface AwsQueryOptions {
  readonly apis: readonly AwsQueryApi[];
  readonly metrics: RequestMetrics;
  readonly authenticate: Authenticate;
  readonly clock: Clock;
}

/** Bytes; nothing that is served has parameters, and no signature is known yet. */
const BODY_LIMIT = 16 * 1024;

const REPLIES = {
  contentType: 'text/xml',
  idHeader: 'x-amzn-RequestId',
  output: () => '',
  fault: (fault, { requestId }) => encodeAwsQueryFault(fault, requestId),
  faultOf: queryFault,
} as const satisfies Replies;

/** Forms to `/`, signed for AWS, that name action and version: also those for services which nobody serves here. */
export function awsQueryEntrance(options: AwsQueryOptions): Entrance {
  const { authenticate, clock } = options;
  const routes = createActions(options);
  return {
    replies: REPLIES,
    admit: async (arrival, begun) => {
      const request = await arrival.read(BODY_LIMIT);
      begun.now = clock.now();
      const called = readAwsQuery(request.body);
      begun.target = called.action;
      const route = routes.get(`${called.version} ${called.action}`);
      if (route === undefined) throw unknownAction(called);
      begun.api = route.api;
      begun.route = route;
      begun.replies = route.replies;
      const caller = authenticate(request, [route.api.signingName], begun.now);
      return { route, request, caller, input: {} };
    },
  };
}

type QueryRoute = Route & { readonly api: AwsQueryApi };

/** By version and action. */
function createActions({ apis, metrics }: AwsQueryOptions): ReadonlyMap<string, QueryRoute> {
  const routes = apis.flatMap((api) =>
    createRoutes(api, REPLIES, metrics).map((route) => ({
      ...route,
      replies: repliesOf(api, route.operation),
    })),
  );
  return new Map(routes.map((route) => [`${route.api.version} ${route.operation}`, route]));
}

function repliesOf({ namespace }: AwsQueryApi, action: string): Replies {
  return {
    ...REPLIES,
    output: (output = {}, { requestId }) => {
      if (output instanceof JsonText) throw new Error(`${action} answers with JSON where XML is spoken`);
      return encodeAwsQuery({ action, namespace, requestId }, output as Readonly<Record<string, string>>);
    },
  };
}
