import { createHash, createHmac } from 'node:crypto';

export interface Unsigned {
  readonly method?: string;
  readonly path?: string;
  /** In the order in which they are sent; `host` and `x-amz-date` are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Signing {
  readonly id: string;
  readonly secret: string;
  readonly region?: string;
  readonly service?: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly sessionToken?: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The headers of a request with an AWS Signature Version 4, written apart from the code that verifies it. */
export function sign(request: Unsigned, signing: Signing): Record<string, string> {
  const { region = 'us-east-1', service = 'swf' } = signing;
  const time = `${new Date(signing.time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const headers: Record<string, string> = { host: 'localhost', ...request.headers, 'x-amz-date': time };
  if (signing.sessionToken !== undefined) headers['x-amz-security-token'] = signing.sessionToken;
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const [path = '/', query = ''] = (request.path ?? '/').split('?');
  const sorted = query.split('&').sort().join('&');
  const canonical = [
    request.method ?? 'POST',
    path,
    sorted,
    lines,
    names.join(';'),
    sha256(request.body),
  ].join('\n');
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const key = hmac(
    hmac(hmac(hmac(`AWS4${signing.secret}`, time.slice(0, 8)), region), service),
    'aws4_request',
  );
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString('hex');
  const credential = `${signing.id}/${scope}`;
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return headers;
}
