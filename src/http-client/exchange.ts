import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Destinations } from './destinations.ts';
import { guardedLookup, type Resolve } from './guarded-lookup.ts';
import { HttpFailed } from './http-failed.ts';

export interface OutgoingRequest {
  /** http or https. */
  readonly url: URL;
  readonly method: string;
  /** Names in any letter case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; several of one name are joined by a comma and a space. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ExchangeOptions {
  readonly destinations: Destinations;
  readonly resolve: Resolve;
  /** Largest body of an answer; 0 means any. */
  readonly answerBytes: number;
  readonly signal: AbortSignal;
}

/** Node's codes for headers and paths that cannot be sent. */
const INVALID = /^ERR_(?:HTTP|INVALID|UNESCAPED)_/;

/** One request and its answer, on a connection of its own. Throws `HttpFailed`, or the reason of the signal. */
export async function exchange(sent: OutgoingRequest, options: ExchangeOptions): Promise<HttpAnswer> {
  const { signal, answerBytes } = options;
  signal.throwIfAborted();
  mustBeAllowed(sent.url, options.destinations);
  try {
    const response = await send(sent, options);
    return {
      status: response.statusCode ?? 0,
      headers: headersOf(response),
      body: await readBody(response, answerBytes),
    };
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof HttpFailed ? error : failureOf(error);
  }
}

/** A host that is an address already is connected to without being looked up. */
function mustBeAllowed(url: URL, destinations: Destinations): void {
  const host = hostOf(url);
  const refusal = destinations.refusal(host, isIP(host) === 0 ? [] : [host]);
  if (refusal !== undefined) throw new HttpFailed('Forbidden', refusal);
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

function send(sent: OutgoingRequest, options: ExchangeOptions): Promise<IncomingMessage> {
  const { url, method, headers, body } = sent;
  const start = url.protocol === 'https:' ? requestHttps : requestHttp;
  const length = body === undefined ? undefined : { 'Content-Length': Buffer.byteLength(body) };
  const settings: RequestOptions = {
    method,
    agent: false,
    headers: { ...headers, ...length },
    signal: options.signal,
    lookup: guardedLookup(options.resolve, options.destinations),
  };
  return new Promise((resolve, reject) => {
    const request = start(url, settings, resolve);
    request.on('error', reject);
    request.on('upgrade', (_, socket) => {
      socket.destroy();
      reject(new HttpFailed('ConnectionFailed', 'The answer changes the protocol'));
    });
    request.end(body);
  });
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

async function readBody(response: AsyncIterable<Buffer>, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (most > 0 && size > most) {
      throw new HttpFailed('AnswerTooLarge', `The answer has more than ${most} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function failureOf(error: unknown): HttpFailed {
  const { message, code } = error as { readonly message: string; readonly code?: string };
  const isInvalid = INVALID.test(code ?? '');
  return new HttpFailed(isInvalid ? 'InvalidRequest' : 'ConnectionFailed', message || String(code));
}
