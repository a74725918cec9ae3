import { createDestinations, type DestinationRules } from './destinations.ts';
import { type ExchangeOptions, exchange, type HttpAnswer, type OutgoingRequest } from './exchange.ts';
import { type Resolve, systemResolve } from './guarded-lookup.ts';
import { HttpFailed } from './http-failed.ts';

/** Sends one request, follows where it is sent on to. Throws `HttpFailed`, or the reason of the signal. */
export type SendHttp = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface HttpClientOptions {
  readonly rules: DestinationRules;
  /** Largest body of an answer; 0 means any. */
  readonly answerBytes: number;
  /** Headers, in lower case, for the first origin only, beside those that every client keeps to itself. */
  readonly secretHeaders?: readonly string[];
  /** How names become addresses; the system's way unless given. */
  readonly resolve?: Resolve;
}

const MOST_REDIRECTS = 10;
const REDIRECTS = [301, 302, 303, 307, 308];
const SECRET_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];
/** They concern the connection, which is this client's own business. */
const CONNECTION_HEADERS = [
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
const BODY_HEADERS = ['content-type', 'content-encoding', 'content-language', 'content-location'];

/** Makes requests to where the rules allow it, checked for each connection. */
export function createHttpClient(options: HttpClientOptions): SendHttp {
  const { rules, answerBytes, secretHeaders = [], resolve = systemResolve } = options;
  const destinations = createDestinations(rules);
  const secrets = [...SECRET_HEADERS, ...secretHeaders];
  return async (request, signal) => {
    const settings: ExchangeOptions = { destinations, resolve, answerBytes, signal };
    let next = firstRequest(request);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const answer = await exchange(next, settings);
      const target = redirectOf(next.url, answer);
      if (target === undefined) return answer;
      next = redirected(next, { target, status: answer.status, secrets });
    }
    throw new HttpFailed('TooManyRedirects', `There were more than ${MOST_REDIRECTS} redirections`);
  };
}

function firstRequest({ url, method, headers, body }: HttpRequest): OutgoingRequest {
  return { url: readUrl(url), method, headers: without(headers, CONNECTION_HEADERS), body };
}

function readUrl(text: string, base?: string): URL {
  const url = URL.parse(text, base);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new HttpFailed('InvalidRequest', `Not an http or https URL: ${text.slice(0, 200)}`);
}

/** Undefined when the answer stands for itself. */
function redirectOf(from: URL, { status, headers }: HttpAnswer): URL | undefined {
  const { location } = headers;
  return location !== undefined && REDIRECTS.includes(status) ? readUrl(location, from.href) : undefined;
}

interface Redirection {
  readonly target: URL;
  readonly status: number;
  readonly secrets: readonly string[];
}

/** As browsers do: 303 asks for a GET, 301 and 302 make one of a POST, the others repeat the request. */
function redirected(request: OutgoingRequest, { target, status, secrets }: Redirection): OutgoingRequest {
  const { url, method, headers, body } = request;
  const kept = target.origin === url.origin ? headers : without(headers, ['host', ...secrets]);
  const becomesGet = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
  if (!becomesGet) return { url: target, method, headers: kept, body };
  return { url: target, method: 'GET', headers: without(kept, BODY_HEADERS), body: undefined };
}

function without(
  headers: OutgoingRequest['headers'],
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())));
}
