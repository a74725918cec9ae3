import { WireError } from '../errors.ts';
import { readForm } from '../form.ts';

/** What a form asks for; either is empty where it does not say. */
export interface QueryRequest {
  readonly action: string;
  readonly version: string;
}

/** The first of each name counts; one that is not UTF-8 names nothing. */
export function readAwsQuery(body: Buffer): QueryRequest {
  const parameters = new Map<string, string>();
  for (const [name, value] of readForm(body.toString('latin1')))
    if (name !== undefined && value !== undefined && !parameters.has(name)) parameters.set(name, value);
  return { action: parameters.get('Action') ?? '', version: parameters.get('Version') ?? '' };
}

export interface QueryAnswer {
  readonly action: string;
  readonly namespace: string;
  readonly requestId: string;
}

export function encodeAwsQuery(
  { action, namespace, requestId }: QueryAnswer,
  result: Readonly<Record<string, string>>,
): string {
  const members = Object.entries(result).map(([name, value]) => element(name, escaped(value)));
  const metadata = element('ResponseMetadata', element('RequestId', escaped(requestId)));
  const content = element(`${action}Result`, members.join('')) + metadata;
  return `<${action}Response xmlns="${namespace}">${content}</${action}Response>`;
}

export interface QueryFault {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

export function encodeAwsQueryFault({ status, type, message }: QueryFault, requestId: string): string {
  const error = element('Type', status < 500 ? 'Sender' : 'Receiver') + element('Code', escaped(type));
  const content = element('Error', error + element('Message', escaped(message)));
  return element('ErrorResponse', content + element('RequestId', escaped(requestId)));
}

/** What this protocol calls the errors that others have under other names. */
const CODES: Readonly<Record<string, string>> = {
  IncompleteSignatureException: 'IncompleteSignature',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
};

/** The fault for an error that no API modelled; anything unknown is an internal failure. */
export function queryFault(error: unknown): QueryFault {
  if (!(error instanceof WireError))
    return { status: 500, type: 'InternalFailure', message: 'An internal error occurred.' };
  const { code, status, message } = error;
  return { status, type: CODES[code] ?? code, message };
}

export const unknownAction = ({ action, version }: QueryRequest): WireError =>
  new WireError('InvalidAction', 400, `Could not find operation ${action} for version ${version}`);

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XML has no place for these characters, however they are written. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are meant
  const clean = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
  return clean.replaceAll(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}
