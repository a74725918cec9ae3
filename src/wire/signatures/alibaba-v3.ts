import { createHmac, hash } from 'node:crypto';
import { invalidArgument, missingHeader, signatureMismatch } from '../protocols/alibaba-rpc-errors.ts';
import { type AlibabaClaim, type AlibabaRequest, canonicalParameters } from './alibaba-request.ts';
import { isEqual } from './is-equal.ts';

const ALGORITHM = 'ACS3-HMAC-SHA256';

/** Headers that every request must have and sign. */
const REQUIRED = [
  'x-acs-action',
  'x-acs-version',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-content-sha256',
  'host',
];

/** `Credential=…,SignedHeaders=…,Signature=…`, with or without a space after a comma. */
const PARTS = /^\s*Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([^,\s]+)\s*$/;

export const isV3 = ({ headers }: AlibabaRequest): boolean =>
  String(headers.authorization ?? '').startsWith('ACS3-');

/**
 * A signature of version 3: the Authorization header signs query, headers and a hash of the body. Throws when one that it
 * needs is missing or not signed. https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function claimV3(request: AlibabaRequest): AlibabaClaim {
  for (const name of REQUIRED) header(request, name);
  const [algorithm, rest] = cutAtSpace(header(request, 'authorization'));
  if (algorithm !== ALGORITHM)
    throw invalidArgument(`The signature algorithm must be ${ALGORITHM} in the HTTP header 'Authorization'.`);
  const [, accessKeyId, signedHeaders, signature] = PARTS.exec(rest) ?? [];
  if (accessKeyId === undefined || signedHeaders === undefined || signature === undefined)
    throw invalidArgument(
      "The HTTP header 'Authorization' must have Credential, SignedHeaders and Signature.",
    );
  const names = signedHeaders.toLowerCase().split(';');
  const unsigned = REQUIRED.find((name) => !names.includes(name));
  if (unsigned !== undefined) throw signatureMismatch(` The HTTP header '${unsigned}' must be signed.`);
  return {
    accessKeyId,
    securityToken: String(request.headers['x-acs-security-token'] ?? '') || undefined,
    nonce: header(request, 'x-acs-signature-nonce'),
    time: { text: header(request, 'x-acs-date'), name: 'x-acs-date' },
    isSignedWith: (secret) =>
      isEqual(header(request, 'x-acs-content-sha256'), hash('sha256', request.body, 'hex')) &&
      isEqual(signature, signV3(request, names, secret)),
  };
}

/** In hexadecimal; over the bytes of headers, which Node gives as one character each. */
function signV3(request: AlibabaRequest, names: readonly string[], secret: string): string {
  const { method, headers, query } = request;
  const lines = names.map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`).join('');
  const canonical = [
    method,
    '/',
    canonicalParameters(query),
    lines,
    names.join(';'),
    headers['x-acs-content-sha256'],
  ].join('\n');
  const digest = hash('sha256', Buffer.from(canonical, 'latin1'), 'hex');
  return createHmac('sha256', secret).update(`${ALGORITHM}\n${digest}`).digest('hex');
}

function header({ headers }: AlibabaRequest, name: string): string {
  const value = headers[name];
  if (value === undefined || value === '')
    throw missingHeader(name === 'authorization' ? 'Authorization' : name);
  return String(value);
}

function cutAtSpace(text: string): [string, string] {
  const space = text.indexOf(' ');
  return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}
