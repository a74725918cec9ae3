import { isUtf8 } from 'node:buffer';
import { readForm } from '../form.ts';
import type { AlibabaRequest } from '../signatures/alibaba-request.ts';
import { isV3 } from '../signatures/alibaba-v3.ts';
import { type AlibabaFault, invalidArgument, unsupportedMediaType } from './alibaba-rpc-errors.ts';

export const CONTENT_TYPE = 'application/json;charset=utf-8';

/** Of a request's body, in bytes. */
export const BODY_LIMIT = 1024 * 1024;

/** More than any operation has. */
const MOST_PARAMETERS = 1_000;

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

export interface RpcMessage {
  readonly method: string | undefined;
  /** As sent: path and query, one character for each byte. */
  readonly url: string | undefined;
  readonly headers: AlibabaRequest['headers'];
  readonly body: Buffer;
}

/**
 * Reads the parameters of a request from its query and from its body, a form. A JSON object is taken as well, but only
 * under a signature that covers it. Throws `InvalidArgument` for what cannot be read or is given twice.
 */
export function readRpcRequest({ method = 'GET', url = '/', headers, body }: RpcMessage): AlibabaRequest {
  const mark = url.indexOf('?');
  const query = collect([mark < 0 ? [] : readForm(url.slice(mark + 1))]);
  const request = { method, headers, query, parameters: query, body };
  if (body.length === 0) return request;
  const encoding = String(headers['content-encoding'] ?? 'identity');
  if (encoding.toLowerCase() !== 'identity')
    throw invalidArgument(`The content encoding '${encoding}' is not supported.`);
  return { ...request, parameters: collect([query, readBody(request)]) };
}

type Pairs = Iterable<readonly [string | undefined, string | undefined]>;

function readBody(request: AlibabaRequest): Pairs {
  const body = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.length);
  const type = mediaType(String(request.headers['content-type'] ?? FORM));
  if (type === FORM) return readForm(body.toString('latin1'));
  if (type === JSON_TYPE && isV3(request)) return readJson(body);
  throw unsupportedMediaType();
}

const mediaType = (header: string): string => (header.split(';', 1)[0] ?? '').trim().toLowerCase();

/** Members as the parameters that clients make of them: texts as they are, all else as JSON. */
function readJson(body: Buffer): Pairs {
  const members = isUtf8(body) ? membersOf(body.toString()) : undefined;
  if (members === undefined) throw invalidArgument('The body must be a JSON object in UTF-8.');
  return members;
}

function membersOf(text: string): [string, string][] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, typeof member === 'string' ? member : JSON.stringify(member)]);
  } catch {
    // Malformed, or nested deeper than it can be printed.
    return undefined;
  }
}

/** Reads no further than to the first pair that is refused: the signature is checked only afterwards. */
function collect(sources: readonly Pairs[]): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const pairs of sources)
    for (const [name, value] of pairs) {
      if (name === undefined || value === undefined)
        throw invalidArgument('Names and values of parameters must be UTF-8.');
      if (parameters.has(name))
        throw invalidArgument(`The parameter '${name.slice(0, 128)}' is given more than once.`);
      if (parameters.size === MOST_PARAMETERS)
        throw invalidArgument(`A request must have at most ${MOST_PARAMETERS} parameters.`);
      parameters.set(name, value);
    }
  return parameters;
}

export interface RpcCalled {
  readonly action: string | undefined;
  readonly version: string | undefined;
}

/**
 * Which operation is asked for: by headers under a signature that covers them, else by parameters. Requests without any
 * signature may use either.
 */
export function calledOperation(request: AlibabaRequest): RpcCalled {
  const { headers, parameters } = request;
  const header = (name: string): string | undefined =>
    headers[name] === undefined ? undefined : String(headers[name]);
  const byHeader = { action: header('x-acs-action'), version: header('x-acs-version') };
  if (isV3(request)) return byHeader;
  const byParameter = { action: parameters.get('Action'), version: parameters.get('Version') };
  if (parameters.has('Signature')) return byParameter;
  return {
    action: byParameter.action ?? byHeader.action,
    version: byParameter.version ?? byHeader.version,
  };
}

const MARKS = ['Action', 'Signature', 'AccessKeyId'];

/** Whether anything of a request is in the manner of this protocol; what carries none of it is meant for somebody else. */
export function isRpc({ headers, parameters }: AlibabaRequest): boolean {
  return headers['x-acs-action'] !== undefined || MARKS.some((name) => parameters.has(name));
}

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The id that old clients give their requests; what could not stand in a header is not taken. */
export function givenRequestId({ parameters }: AlibabaRequest): string | undefined {
  const id = parameters.get('RequestId');
  return id !== undefined && REQUEST_ID.test(id) ? id : undefined;
}

/** `text` is that of a JSON object. Clients take a top-level `Code` for an error, whatever the status. */
export function encodeRpcAnswer(requestId: string, text: string): string {
  const id = `{"RequestId":${JSON.stringify(requestId)}`;
  return text === '{}' ? `${id}}` : `${id},${text.slice(1)}`;
}

export interface RpcFaultContext {
  readonly requestId: string;
  /** As the client addressed it. */
  readonly host: string;
  /** The vendor's code of the API, where one was found. */
  readonly product: string | undefined;
}

export function encodeRpcFault(fault: AlibabaFault, { requestId, host, product }: RpcFaultContext): string {
  const about = product === undefined ? '' : `&product=${product}`;
  return JSON.stringify({
    RequestId: requestId,
    HostId: host,
    Code: fault.type,
    Message: fault.message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(fault.type)}${about}`,
  });
}
