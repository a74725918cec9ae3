import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, readBodyUpTo } from './body.ts';
import type { Arrival } from './entrance.ts';
import type { OpenCalls } from './open-calls.ts';
import { closed, peerOf } from './peer.ts';
import type { Answer, Serve } from './pipeline.ts';

export interface SlowLaneOptions {
  readonly open: OpenCalls;
  /** Most bytes of a request, headers included. */
  readonly requestSize: number;
}

/** Any request that Node's own HTTP server has parsed: takes every form that HTTP allows. */
export function createSlowLane(serve: Serve, { open, requestSize }: SlowLaneOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    open.begin();
    const answer = await serve(arrivalOf(request, response, requestSize));
    if (answer !== undefined) send(response, answer, open.stopping || !request.complete);
    await closed(response);
    open.end();
  };
}

function arrivalOf(request: IncomingMessage, response: ServerResponse, limit: number): Arrival {
  const target = request.headers['x-amz-target'];
  return {
    target: typeof target === 'string' ? target : '',
    headers: request.headers,
    peer: peerOf(response),
    read: async (bodyLimit) => {
      const body = await (bodyLimit === undefined
        ? readBody(request, limit)
        : readBodyUpTo(request, Math.min(limit, bodyLimit)));
      const { url, method, headers, rawHeaders } = request;
      return { url, method, headers, rawHeaders, body };
    },
  };
}

function send(response: ServerResponse, answer: Answer, isLast: boolean): void {
  const { status, requestId, idHeader, contentType, extraHeader = [], text } = answer;
  const headers = [idHeader, requestId, 'Content-Type', contentType, ...extraHeader];
  headers.push('Content-Length', text === '' ? '0' : String(Buffer.byteLength(text)));
  if (isLast) headers.push('Connection', 'close');
  response.writeHead(status, headers);
  response.end(text);
}
