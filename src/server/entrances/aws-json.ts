import { type Api, type AwsApi, JsonText } from '../../apis/api.ts';
import type { Clock } from '../../kernel/clock.ts';
import { coralFault, unknownOperation } from '../../wire/errors.ts';
import { decodeAwsJson, encodeAwsJsonFault } from '../../wire/protocols/aws-json.ts';
import { compileValidator, type Validator } from '../../wire/validate.ts';
import type { Authenticate } from '../authenticate.ts';
import type { Admitted, Entrance, ReadRequest } from '../entrance.ts';
import type { RequestMetrics } from '../request-metrics.ts';
import { createRoutes, type Replies, type Route } from '../route.ts';

export interface AwsJsonOptions {
  readonly apis: readonly AwsApi[];
  readonly metrics: RequestMetrics;
  readonly authenticate: Authenticate;
  readonly clock: Clock;
}

interface AwsRoute extends Route {
  /** What requests for it say. */
  readonly target: string;
  readonly validate: Validator;
  /** What a signature's scope may name as its service. */
  readonly services: readonly string[];
}

const repliesOf = (version: '1.0' | '1.1'): Replies => ({
  contentType: `application/x-amz-json-${version}`,
  idHeader: 'x-amzn-RequestId',
  ...(version === '1.1' && { errorHeader: 'x-amzn-ErrorType' }),
  output: (output) => {
    if (output === undefined) return '';
    return output instanceof JsonText ? output.text : JSON.stringify(output);
  },
  fault: encodeAwsJsonFault,
  faultOf: coralFault,
});

const REPLIES = { '1.0': repliesOf('1.0'), '1.1': repliesOf('1.1') };

const repliesFor = ({ protocol }: AwsApi): Replies => REPLIES[protocol === 'aws-json-1.0' ? '1.0' : '1.1'];

/** Requests that name their operation in `X-Amz-Target`. */
export function awsJsonEntrance(options: AwsJsonOptions): Entrance {
  const { authenticate, clock } = options;
  const findTarget = createTargets(options);
  const take = (route: ReturnType<FindTarget>, request: ReadRequest, now: number): Admitted => {
    if (!('run' in route)) throw unknownOperation();
    const caller = authenticate(request, route.services, now);
    const input = decodeAwsJson(request.headers, request.body);
    route.validate(input);
    return { route, request, caller, input };
  };
  return {
    replies: REPLIES['1.0'],
    admit: (arrival, begun) => {
      const found = findTarget(arrival.target);
      begun.api = found.api;
      begun.replies = found.replies;
      if ('run' in found) {
        begun.route = found;
        // The same text, but not a part of the request's, which could then not leave the memory while a poll waits.
        begun.target = found.target;
      }
      // Also what no API serves is read, so that the connection can be used again.
      const read = arrival.read();
      if (read instanceof Promise)
        return read.then((request) => {
          begun.now = clock.now();
          return take(found, request, begun.now);
        });
      return take(found, read, begun.now);
    },
  };
}

/** Which operation an `X-Amz-Target` names, or only whose it would be and how it would answer. */
type FindTarget = (target: string) => AwsRoute | Answering;

interface Answering {
  readonly api: Api | undefined;
  readonly replies: Replies;
}

const NOBODY: Answering = { api: undefined, replies: REPLIES['1.0'] };

function createTargets({ apis, metrics }: AwsJsonOptions): FindTarget {
  const routes = new Map<string, AwsRoute>();
  const prefixes = new Map<string, Answering>();
  for (const api of apis) {
    const served = awsRoutes(api, metrics);
    for (const prefix of api.targetPrefixes) {
      prefixes.set(prefix, { api, replies: repliesFor(api) });
      for (const route of served) {
        const target = `${prefix}.${route.operation}`;
        routes.set(target, { ...route, target });
      }
    }
  }
  return (target) =>
    routes.get(target) ?? prefixes.get(target.slice(0, Math.max(0, target.lastIndexOf('.')))) ?? NOBODY;
}

function awsRoutes(api: AwsApi, metrics: RequestMetrics): readonly Omit<AwsRoute, 'target'>[] {
  return createRoutes(api, repliesFor(api), metrics).map((route) => {
    const model = api.model.operations[route.operation];
    if (model === undefined)
      throw new Error(`${api.name} serves ${route.operation}, which its model does not have`);
    return {
      ...route,
      validate: compileValidator(model.input),
      services: [api.model.signingName, 'orrery'],
    };
  });
}
