import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../kernel/clock.ts';
import type { Authenticate } from './authenticate.ts';
import { ClientLeft, readBody } from './body.ts';
import { RequestCall } from './call.ts';
import { errorAnswer, type HttpAnswer, type HttpRoute } from './http-route.ts';
import type { Log } from './log.ts';
import type { OpenCalls } from './open-calls.ts';
import { closed, peerOf, watchPeer } from './peer.ts';

export interface HttpRouteOptions {
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly log: Log;
  readonly open: OpenCalls;
  readonly requestSize: number;
}

const SERVICES = ['orrery'];

export interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly params: Readonly<Record<string, string>>;
}

/** Answers one request to a path of Orrery's own; never throws. */
export async function serveHttpRoute(
  route: HttpRoute,
  exchange: Incoming,
  options: HttpRouteOptions,
): Promise<void> {
  const { request, response } = exchange;
  const requestId = options.newRequestId();
  options.open.begin();
  try {
    const answer = await handle(route, exchange, { ...options, requestId });
    await send(response, answer, { requestId, open: options.open });
  } catch (error) {
    if (!(error instanceof ClientLeft)) {
      const answer = errorAnswer(error);
      if (answer.status === 500)
        options.log.error({ requestId, path: route.path, err: error }, 'request failed');
      if (response.headersSent) response.destroy();
      else await send(response, answer, { requestId, open: options.open, close: !request.complete });
    }
  } finally {
    await closed(response);
    options.open.end();
  }
}

async function handle(
  route: HttpRoute,
  { request, response, params }: Incoming,
  options: HttpRouteOptions & { readonly requestId: string },
): Promise<HttpAnswer> {
  const { requestId, open, authenticate } = options;
  const body = await readBody(request, options.requestSize);
  const { url, method, headers, rawHeaders } = request;
  const now = options.clock.now();
  const peer = peerOf(response);
  const exchange = { peer, userAgent: headers['user-agent'], about: { requestId, now } };
  const call =
    route.access === 'open'
      ? undefined
      : new RequestCall(
          authenticate({ url, method, headers, rawHeaders, body }, SERVICES, now),
          exchange,
          open,
        );
  const query = new URLSearchParams(url?.includes('?') ? url.slice(url.indexOf('?')) : '');
  return route.handle({
    params,
    query,
    headers,
    body,
    requestId,
    call,
    get signal() {
      return call?.signal ?? watchPeer(peer, open);
    },
  });
}

interface Sending {
  readonly requestId: string;
  readonly open: OpenCalls;
  readonly close?: boolean;
}

async function send(
  response: ServerResponse,
  { status = 200, contentType, body }: HttpAnswer,
  { requestId, open, close = open.stopping }: Sending,
): Promise<void> {
  const headers = ['x-amzn-RequestId', requestId, 'Content-Type', contentType];
  if (close) headers.push('Connection', 'close');
  if (typeof body === 'string') {
    headers.push('Content-Length', String(Buffer.byteLength(body)));
    response.writeHead(status, headers).end(body);
    return;
  }
  const signal = watchPeer(peerOf(response), open);
  response.writeHead(status, [...headers, 'Cache-Control', 'no-store']).flushHeaders();
  for await (const text of body) {
    if (signal.aborted) break;
    if (!response.write(text)) await once(response, 'drain', { signal }).catch(() => undefined);
    if (signal.aborted) break;
  }
  response.end();
}
