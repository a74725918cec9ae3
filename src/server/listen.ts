import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Api } from '../apis/api.ts';
import type { Clock } from '../kernel/clock.ts';
import { healthz } from './admin/healthz.ts';
import { type GaugeSource, metrics } from './admin/metrics.ts';
import { type Readiness, readyz } from './admin/readyz.ts';
import type { Authentication } from './authenticate.ts';
import { alibabaRpcEntrance } from './entrances/alibaba-rpc.ts';
import { awsJsonEntrance } from './entrances/aws-json.ts';
import { awsQueryEntrance } from './entrances/aws-query.ts';
import { type Protocol, protocolOf, type RequestHead } from './entrances/protocol-of.ts';
import { openFastLane } from './fast-lane.ts';
import { errorAnswer, HttpError, type HttpRoute } from './http-route.ts';
import type { ServerLimits } from './limits.ts';
import type { Log } from './log.ts';
import { OpenCalls } from './open-calls.ts';
import { createPipeline, type Serve } from './pipeline.ts';
import { RequestMetrics } from './request-metrics.ts';
import { serveHttpRoute } from './serve-http-route.ts';
import { createSlowLane } from './slow-lane.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly apis: readonly Api[];
  /** Beside the administration's own. */
  readonly routes: readonly HttpRoute[];
  readonly authentication: Authentication;
  readonly ready: () => Readiness;
  readonly gauges: readonly GaugeSource[];
  readonly limits: ServerLimits;
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly log: Log;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Accepts no more, ends waiting calls with an empty answer, and resolves when all are answered or 10 s have passed. */
  stop(): Promise<void>;
}

const STOP_TIME = 10_000;

/** Opens the one listener. Rejects when the address cannot be had. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { limits, clock, log, newRequestId, authentication } = options;
  const open = new OpenCalls();
  const requests = new RequestMetrics();
  const shared = { clock, newRequestId, log, open, requestSize: limits.requestSize };
  const serve = openEntrances(options, requests, createPipeline(shared));
  const app = createApp(limits, {
    'aws-json': createSlowLane(serve['aws-json'], shared),
    'aws-query': createSlowLane(serve['aws-query'], shared),
    'alibaba-rpc': serve['alibaba-rpc'] && createSlowLane(serve['alibaba-rpc'], shared),
  });
  const serveOf = (request: RequestHead): Serve | undefined => forRequest(request, serve);
  const closeFast = openFastLane(app.server, { serveOf, open, limits, clock });
  const routes = [healthz, readyz(options.ready), metrics(requests, options.gauges), ...options.routes];
  for (const route of routes) addRoute(app, route, { ...shared, authenticate: authentication.aws });
  await app.listen({ host: options.host, port: options.port });
  const { address, port } = app.server.address() as AddressInfo;
  return { host: address, port, stop: () => stop({ app, open, clock, closeFast }) };
}

/** Alibaba's way in is shut where no API is behind it. */
function openEntrances(
  { apis, authentication, clock }: ListenOptions,
  metrics: RequestMetrics,
  serve: ReturnType<typeof createPipeline>,
): { 'aws-json': Serve; 'aws-query': Serve; 'alibaba-rpc': Serve | undefined } {
  const ofAws = apis.filter((api) => api.protocol !== 'alibaba-rpc' && api.protocol !== 'aws-query');
  const ofQuery = apis.filter((api) => api.protocol === 'aws-query');
  const ofAlibaba = apis.filter((api) => api.protocol === 'alibaba-rpc');
  const aws = awsJsonEntrance({ apis: ofAws, metrics, authenticate: authentication.aws, clock });
  const query = awsQueryEntrance({ apis: ofQuery, metrics, authenticate: authentication.aws, clock });
  const rpc = alibabaRpcEntrance({
    apis: ofAlibaba,
    metrics,
    authenticate: authentication.alibaba,
    clock,
    otherReplies: aws.replies,
  });
  return {
    'aws-json': serve(aws),
    'aws-query': serve(query),
    'alibaba-rpc': ofAlibaba.length === 0 ? undefined : serve(rpc),
  };
}

/** Requests to APIs go straight to the pipeline: a router would add nothing but its own time. */
function createApp(limits: ServerLimits, lanes: Lanes): FastifyInstance {
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: refuseMalformed,
    frameworkErrors: (error, _request, reply) => {
      const {
        status = 400,
        contentType,
        body,
      } = errorAnswer(new HttpError(400, 'bad-request', error.message));
      reply.hijack();
      reply.raw.writeHead(status, { 'Content-Type': contentType, Connection: 'close' }).end(body);
    },
    serverFactory: (handler) =>
      createServer(limits, (request, response) => {
        (forRequest(request, lanes) ?? handler)(request, response);
      }),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.setNotFoundHandler((_request, reply) => {
    const { status = 404, contentType, body } = errorAnswer(new HttpError(404, 'not-found', 'No such path'));
    reply.code(status).header('content-type', contentType).send(body);
  });
  return app;
}

type Lanes = Readonly<Record<Protocol, http.RequestListener | undefined>>;

/** What there is for the protocol of a request. */
function forRequest<T>(request: RequestHead, all: Readonly<Record<Protocol, T | undefined>>): T | undefined {
  const protocol = protocolOf(request, all['alibaba-rpc'] !== undefined);
  return protocol && all[protocol];
}

function createServer(limits: ServerLimits, handler: http.RequestListener): http.Server {
  const server = http.createServer(
    {
      maxHeaderSize: limits.headerSize,
      headersTimeout: limits.headerTime,
      requestTimeout: limits.requestTime,
      keepAliveTimeout: limits.keepAliveTime,
      connectionsCheckingInterval: Math.max(50, Math.min(5_000, limits.headerTime / 4)),
      noDelay: true,
    },
    handler,
  );
  server.maxConnections = limits.connections;
  // Their size is what is limited.
  server.maxHeadersCount = 0;
  // A long poll is silent for a minute: only headers, bodies and idle connections are timed.
  server.timeout = 0;
  return server;
}

function addRoute(
  app: FastifyInstance,
  route: HttpRoute,
  shared: Parameters<typeof serveHttpRoute>[2],
): void {
  app.route({
    method: route.method,
    url: route.path,
    handler: (request, reply) => {
      reply.hijack();
      const params = request.params as Readonly<Record<string, string>>;
      serveHttpRoute(route, { request: request.raw, response: reply.raw, params }, shared);
    },
  });
}

const REFUSALS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Bytes that are no HTTP request, or that come too slowly. */
function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (socket.writable && error.code !== 'ECONNRESET') {
    const status = REFUSALS[error.code ?? ''] ?? '400 Bad Request';
    socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  }
  socket.destroySoon();
}

interface Stopping {
  readonly app: FastifyInstance;
  readonly open: OpenCalls;
  readonly clock: Clock;
  readonly closeFast: (all: boolean) => void;
}

async function stop({ app, open, clock, closeFast }: Stopping): Promise<void> {
  const closed = app.close();
  const cancel = clock.at(clock.now() + STOP_TIME, () => {
    app.server.closeAllConnections();
    closeFast(true);
  });
  closeFast(false);
  await open.stop();
  closeFast(false);
  app.server.closeIdleConnections();
  await closed;
  cancel();
}
