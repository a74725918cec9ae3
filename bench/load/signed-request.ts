import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Gives the whole HTTP/1.1 request as ASCII text, signed with SigV4 for the present second. */
export type SignRequest = (operation: string, body: string) => string;

interface Template {
  readonly canonicalHead: string;
  readonly requestHead: string;
}

interface Second {
  readonly second: number;
  readonly stamp: string;
  readonly scope: string;
  readonly key: KeyObject;
  readonly templates: Map<string, Template>;
}

const signedHeaders = 'content-type;host;x-amz-date;x-amz-target';
const contentType = 'application/x-amz-json-1.0';

/** A signer that keeps what the body does not change: the key for a day, the heads of each operation for a second. */
export function requestSigner(endpoint: Endpoint): SignRequest {
  let now = secondOf(endpoint, Date.now());
  return (operation, body) => {
    const time = Date.now();
    if (Math.floor(time / 1000) !== now.second) now = secondOf(endpoint, time, now);
    const template = templateOf(endpoint, now, operation);
    const canonical = hash('sha256', template.canonicalHead + hash('sha256', body));
    const signature = createHmac('sha256', now.key)
      .update(`AWS4-HMAC-SHA256\n${now.stamp}\n${now.scope}\n${canonical}`)
      .digest('hex');
    return `${template.requestHead}${signature}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
}

function secondOf(endpoint: Endpoint, time: number, before?: Second): Second {
  const stamp = `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const day = stamp.slice(0, 8);
  const scope = `${day}/${endpoint.region}/swf/aws4_request`;
  const key = before?.scope === scope ? before.key : signingKey(endpoint, day);
  return { second: Math.floor(time / 1000), stamp, scope, key, templates: new Map() };
}

function signingKey(endpoint: Endpoint, day: string): KeyObject {
  const parts = [day, endpoint.region, 'swf', 'aws4_request'];
  const derive = (key: Buffer, part: string) => createHmac('sha256', key).update(part).digest();
  return createSecretKey(parts.reduce(derive, Buffer.from(`AWS4${endpoint.secretAccessKey}`)));
}

function templateOf(endpoint: Endpoint, now: Second, operation: string): Template {
  let template = now.templates.get(operation);
  if (!template) {
    template = buildTemplate(endpoint, now, `SimpleWorkflowService.${operation}`);
    now.templates.set(operation, template);
  }
  return template;
}

function buildTemplate(endpoint: Endpoint, now: Second, target: string): Template {
  const host = `${endpoint.host}:${endpoint.port}`;
  const headers = `content-type:${contentType}\nhost:${host}\nx-amz-date:${now.stamp}\nx-amz-target:${target}\n`;
  const credential = `${endpoint.accessKeyId}/${now.scope}`;
  return {
    canonicalHead: `POST\n/\n\n${headers}\n${signedHeaders}\n`,
    requestHead:
      `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${contentType}\r\n` +
      `X-Amz-Date: ${now.stamp}\r\nX-Amz-Target: ${target}\r\n` +
      `Authorization: AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=`,
  };
}
