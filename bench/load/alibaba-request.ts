import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { Endpoint } from './signed-request.ts';

/** Parameters by name; numbers as decimal text. */
export type RpcParameters = Readonly<Record<string, string>>;

/** Gives the whole HTTP/1.1 request as ASCII text, signed with ACS3-HMAC-SHA256 for the present second. */
export type SignRpcRequest = (action: string, parameters: RpcParameters) => string;

const version = '2019-03-15';
const form = 'application/x-www-form-urlencoded';
const emptyBody = hash('sha256', '');
const reads = /^(?:Describe|List|Get)/;
const getHeaders = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';
const postHeaders = `content-type;${getHeaders}`;

/** All signers count together, so that each nonce is another one. */
let nonces = 0;

interface Signer {
  readonly endpoint: Endpoint;
  readonly host: string;
  readonly key: KeyObject;
  /** The present second, and how requests spell it. */
  second: number;
  date: string;
}

/** A signer that sends as the vendor's own clients do: reads by GET with a query, all else by POST with a form. */
export function rpcSigner(endpoint: Endpoint): SignRpcRequest {
  const host = `${endpoint.host}:${endpoint.port}`;
  const key = createSecretKey(endpoint.secretAccessKey, 'utf8');
  const signer: Signer = { endpoint, host, key, second: 0, date: '' };
  return (action, parameters) => {
    keepTime(signer);
    return reads.test(action)
      ? getRequest(signer, action, parameters)
      : postRequest(signer, action, parameters);
  };
}

function keepTime(signer: Signer): void {
  const second = Math.floor(Date.now() / 1000);
  if (second === signer.second) return;
  signer.second = second;
  signer.date = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
}

function getRequest(signer: Signer, action: string, parameters: RpcParameters): string {
  const query = encoded(parameters);
  const { canonical, sent } = headersOf(signer, action, emptyBody);
  const signature = sign(signer, `GET\n/\n${query}\n${canonical}\n${getHeaders}\n${emptyBody}`);
  return `GET /?${query} HTTP/1.1\r\n${sent}${authorization(signer, getHeaders, signature)}\r\n`;
}

function postRequest(signer: Signer, action: string, parameters: RpcParameters): string {
  const body = encoded(parameters);
  const digest = hash('sha256', body);
  const { canonical, sent } = headersOf(signer, action, digest);
  const signature = sign(signer, `POST\n/\n\ncontent-type:${form}\n${canonical}\n${postHeaders}\n${digest}`);
  return (
    `POST / HTTP/1.1\r\nContent-Type: ${form}\r\nContent-Length: ${body.length}\r\n` +
    `${sent}${authorization(signer, postHeaders, signature)}\r\n${body}`
  );
}

/** In the order of names, as signatures have it. */
function encoded(parameters: RpcParameters): string {
  const names = Object.keys(parameters).sort();
  return names.map((name) => `${name}=${percentEncoded(parameters[name] ?? '')}`).join('&');
}

function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function headersOf(signer: Signer, action: string, digest: string) {
  const { host, date } = signer;
  nonces += 1;
  const nonce = `${process.pid}-${nonces}`;
  const acs =
    `x-acs-action:${action}\nx-acs-content-sha256:${digest}\nx-acs-date:${date}\n` +
    `x-acs-signature-nonce:${nonce}\nx-acs-version:${version}\n`;
  const canonical = `host:${host}\n${acs}`;
  return { canonical, sent: canonical.replaceAll('\n', '\r\n') };
}

function sign({ key }: Signer, canonical: string): string {
  return createHmac('sha256', key)
    .update(`ACS3-HMAC-SHA256\n${hash('sha256', canonical)}`)
    .digest('hex');
}

function authorization({ endpoint }: Signer, names: string, signature: string): string {
  const credential = `Credential=${endpoint.accessKeyId},SignedHeaders=${names},Signature=${signature}`;
  return `Authorization: ACS3-HMAC-SHA256 ${credential}\r\n`;
}
