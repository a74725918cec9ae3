import { createHash, createHmac, randomUUID } from 'node:crypto';

export interface AlibabaSigning {
  readonly id: string;
  readonly secret: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly sessionToken?: string;
  /** A new one unless given. */
  readonly nonce?: string;
}

export type Texts = Readonly<Record<string, string>>;

const encode = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('!', '%21')
    .replaceAll("'", '%27')
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
    .replaceAll('*', '%2A');

/** Names and values as they stand in a query, a form or what is signed; sorted. */
export const formText = (parameters: Texts): string =>
  Object.keys(parameters)
    .sort()
    .map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`)
    .join('&');

const second = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** All parameters of a request with a signature of version 1, written apart from the code that verifies it. */
export function signV1(method: string, parameters: Texts, signing: AlibabaSigning): Record<string, string> {
  const all: Record<string, string> = {
    Format: 'JSON',
    AccessKeyId: signing.id,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: signing.nonce ?? randomUUID(),
    Timestamp: second(signing.time),
    ...parameters,
  };
  if (signing.sessionToken !== undefined) all.SecurityToken = signing.sessionToken;
  const text = `${method}&${encode('/')}&${encode(formText(all))}`;
  all.Signature = createHmac('sha1', `${signing.secret}&`).update(text).digest('base64');
  return all;
}

export interface UnsignedV3 {
  readonly method: string;
  readonly query?: Texts;
  readonly body?: string;
  /** `host`, `x-acs-action` and `x-acs-version` at least; all are signed. */
  readonly headers: Texts;
}

/** The headers of a request with a signature of version 3, written apart from the code that verifies it. */
export function signV3(request: UnsignedV3, signing: AlibabaSigning): Record<string, string> {
  const { method, query = {}, body = '' } = request;
  const headers: Record<string, string> = {
    'x-acs-date': second(signing.time),
    'x-acs-signature-nonce': signing.nonce ?? randomUUID(),
    'x-acs-content-sha256': createHash('sha256').update(body).digest('hex'),
    ...request.headers,
  };
  if (signing.sessionToken !== undefined) headers['x-acs-security-token'] = signing.sessionToken;
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = [
    method,
    '/',
    formText(query),
    lines,
    names.join(';'),
    headers['x-acs-content-sha256'],
  ].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const signature = createHmac('sha256', signing.secret).update(`ACS3-HMAC-SHA256\n${digest}`).digest('hex');
  headers.authorization = `ACS3-HMAC-SHA256 Credential=${signing.id},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return headers;
}
