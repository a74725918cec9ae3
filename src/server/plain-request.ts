import type { ReadRequest } from './entrance.ts';

/** A request in the plainest form, whole in one piece of bytes. */
export interface PlainRequest extends ReadRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of it, headers included. */
  readonly size: number;
}

export interface PlainLimits {
  readonly headerSize: number;
  readonly requestSize: number;
}

/**
 * Path `/`, perhaps with a query; names and values as RFC 9110 has them, one line each; none of the headers that change
 * how a message is read or what becomes of its connection. All else is not plain.
 */
const PLAIN_HEAD =
  /^(?:GET|POST) \/(?:\?[!-"$-~]*)? HTTP\/1\.1(?:\r\n(?!(?i:transfer-encoding|content-encoding|expect|upgrade|te|trailer|proxy-connection):)[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e]*)+$/;
const LENGTH = /^\d{1,9}$/;

const VERSION = ' HTTP/1.1';

/**
 * The request at the beginning of `bytes` if it is plain: `POST` to `/` with a body of known length or `GET` without one, no header
 * twice, all of it there. Undefined for anything else, be it wrong, incomplete or merely unusual: that is for a full parser.
 */
export function parsePlainRequest(bytes: Buffer, limits: PlainLimits): PlainRequest | undefined {
  const start = bytes.toString('latin1', 0, Math.min(bytes.length, limits.headerSize + 4));
  const headEnd = start.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = start.slice(0, headEnd);
  if (!PLAIN_HEAD.test(head)) return undefined;
  const headers = readHeaders(head);
  if (headers === undefined || !staysOpen(headers)) return undefined;
  const method = head.startsWith('GET') ? 'GET' : 'POST';
  const length = bodyLength(method, headers);
  const bodyStart = headEnd + 4;
  const size = bodyStart + length;
  if (Number.isNaN(length) || size > limits.requestSize || size > bytes.length) return undefined;
  return new WholeRequest(head, { method, headers, body: bytes.subarray(bodyStart, size), size });
}

/** A class, since an object with a getter of its own costs several times as much. */
class WholeRequest implements PlainRequest {
  readonly method: PlainRequest['method'];
  readonly url: string;
  readonly headers: PlainRequest['headers'];
  readonly body: Buffer;
  readonly size: number;
  readonly #head: string;

  constructor(head: string, { method, headers, body, size }: Omit<PlainRequest, 'url' | 'rawHeaders'>) {
    this.method = method;
    this.url = head.slice(method.length + 1, head.indexOf('\r\n') - VERSION.length);
    this.headers = headers;
    this.body = body;
    this.size = size;
    this.#head = head;
  }

  get rawHeaders(): string[] {
    return this.#head.split('\r\n').slice(1).flatMap(nameAndValue);
  }
}

/** NaN where it is not plain. */
function bodyLength(method: PlainRequest['method'], headers: Readonly<Record<string, string>>): number {
  const { 'content-length': length } = headers;
  if (method === 'GET') return length === undefined ? 0 : Number.NaN;
  return length !== undefined && LENGTH.test(length) ? Number(length) : Number.NaN;
}

/** An object made from it inherits no name, and is no slower than others, as one without any prototype would be. */
const NO_HEADERS: object = Object.freeze(Object.create(null));

/** By name in lower case; undefined when one comes twice. */
function readHeaders(head: string): Record<string, string> | undefined {
  const headers: Record<string, string> = Object.create(NO_HEADERS);
  for (let at = head.indexOf('\r\n') + 2; at < head.length; ) {
    const colon = head.indexOf(':', at);
    const found = head.indexOf('\r\n', colon);
    const end = found < 0 ? head.length : found;
    const name = head.slice(at, colon).toLowerCase();
    if (headers[name] !== undefined) return undefined;
    headers[name] = head.slice(colon + 1, end).trim();
    at = end + 2;
  }
  return headers;
}

const staysOpen = ({ host, connection }: Readonly<Record<string, string>>): boolean =>
  host !== undefined && (connection === undefined || connection.toLowerCase() === 'keep-alive');

function nameAndValue(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
