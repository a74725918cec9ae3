import type { ReadRequest } from './pipeline.ts';

/** A request in the plainest form, whole in one piece of bytes. */
export interface PlainRequest extends ReadRequest {
  readonly target: string;
  /** Bytes of it, headers included. */
  readonly size: number;
}

export interface PlainLimits {
  readonly headerSize: number;
  readonly requestSize: number;
}

/** Names and values as RFC 9110 has them, one line each; whatever else may be a header is not plain. */
const PLAIN_HEAD = /^POST \/ HTTP\/1\.1(?:\r\n[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e]*)+$/;
const LENGTH = /^\d{1,9}$/;

/** Headers that change how a message is read, or what becomes of its connection. */
const NOT_PLAIN = ['transfer-encoding', 'expect', 'upgrade', 'te', 'trailer', 'content-encoding'];

/**
 * The request at the beginning of `bytes` if it is plain: `POST /` with a target, no header twice, a body of known length,
 * all of it there. Undefined for anything else, be it wrong, incomplete or merely unusual: that is for a full parser.
 */
export function parsePlainRequest(bytes: Buffer, limits: PlainLimits): PlainRequest | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0 || headEnd > limits.headerSize) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  if (!PLAIN_HEAD.test(head)) return undefined;
  const lines = head.split('\r\n');
  const headers = readHeaders(lines);
  if (headers === undefined || !isPlain(headers)) return undefined;
  const target = headers['x-amz-target'];
  const bodyStart = headEnd + 4;
  const size = bodyStart + Number(headers['content-length']);
  if (target === undefined || size > limits.requestSize || size > bytes.length) return undefined;
  return {
    method: 'POST',
    url: '/',
    headers,
    get rawHeaders() {
      return lines.slice(1).flatMap(nameAndValue);
    },
    body: bytes.subarray(bodyStart, size),
    target,
    size,
  };
}

/** By name in lower case; undefined when one comes twice. */
function readHeaders(lines: readonly string[]): Record<string, string> | undefined {
  const headers: Record<string, string> = Object.create(null);
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at] as string;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (headers[name] !== undefined) return undefined;
    headers[name] = line.slice(colon + 1).trim();
  }
  return headers;
}

function isPlain(headers: Readonly<Record<string, string>>): boolean {
  for (const name of NOT_PLAIN) if (headers[name] !== undefined) return false;
  const { connection, host } = headers;
  if (host === undefined || (connection !== undefined && connection.toLowerCase() !== 'keep-alive'))
    return false;
  return LENGTH.test(headers['content-length'] ?? '');
}

function nameAndValue(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
