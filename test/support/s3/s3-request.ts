import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A request as S3 understands it, path style. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** Thrown by handlers; answered as S3 words its errors. */
export class S3Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

export async function readS3Request(incoming: IncomingMessage): Promise<S3Request> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const [path = '', search = ''] = (incoming.url ?? '').split('?');
  const [, bucket = '', ...key] = path.split('/').map(decodeURIComponent);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const body = Buffer.concat(pieces);
  const request = { method: incoming.method ?? '', bucket, key: key.join('/'), headers, body };
  return { ...request, query: new URLSearchParams(search) };
}

/** The body is what was signed, and whoever signed has the key. */
export function checkSigned({ headers, body }: S3Request, accessKeyId: string): void {
  const credential = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1];
  if (credential !== accessKeyId) throw new S3Refusal(403, 'InvalidAccessKeyId');
  const hash = headers['x-amz-content-sha256'] ?? '';
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== createHash('sha256').update(body).digest('hex')) {
    throw new S3Refusal(400, 'XAmzContentSHA256Mismatch');
  }
}

export const escapeXml = (text: string): string =>
  text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Texts between the tags of a name, in order. */
export function elements(xml: string, name: string): string[] {
  const found = xml.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'));
  return [...found].map(([, text = '']) => unescapeXml(text));
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (_, hex, decimal, name) =>
    name === undefined
      ? String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal))
      : (NAMED[name] ?? ''),
  );
