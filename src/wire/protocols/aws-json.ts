import { isUtf8 } from 'node:buffer';
import { type CoralFault, serializationError, unknownOperation } from '../errors.ts';

const CONTENT_TYPES = new Set([
  'application/x-amz-json-1.0',
  'application/x-amz-json-1.1',
  'application/json',
]);

/** `amz-1.0` is what the oldest clients send; it means no compression. */
const ENCODINGS = new Set(['', 'identity', 'amz-1.0']);

export interface AwsJsonHeaders {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | string[] | undefined;
}

/** The JSON object in a body. Keys named `__proto__` are dropped; of doubled keys the last one counts. */
export function decodeAwsJson(headers: AwsJsonHeaders, body: Buffer): Readonly<Record<string, unknown>> {
  checkHeaders(headers);
  if (!isUtf8(body)) throw serializationError('The body is not valid UTF-8');
  const value = parse(body.toString());
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw serializationError('Unexpected token received from parser');
  return value as Readonly<Record<string, unknown>>;
}

function checkHeaders(headers: AwsJsonHeaders): void {
  const type = headers['content-type'] ?? '';
  if (!CONTENT_TYPES.has(type) && !CONTENT_TYPES.has(mediaType(type)))
    throw unknownOperation(`Content-Type '${type}' is not one of this protocol`);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && !ENCODINGS.has(String(encoding).trim().toLowerCase()))
    throw serializationError(`Content-Encoding '${String(encoding)}' is not supported`);
}

function mediaType(header: string): string {
  const end = header.indexOf(';');
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
}

function parse(text: string): unknown {
  try {
    // A key can spell __proto__ with escapes, but not without `__` or an escaped underscore.
    if (!text.includes('__') && !text.includes('\\u005')) return JSON.parse(text);
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    throw serializationError('Unable to parse the body as JSON');
  }
}

export const encodeAwsJsonFault = (fault: CoralFault): string =>
  JSON.stringify({ __type: fault.type, ...(fault.members ?? { message: fault.message }) });
