import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { sign } from './sign.ts';
import type { TestServer } from './start-server.ts';

export interface RawRequest {
  /** For example `SimpleWorkflowService.ListDomains`. */
  readonly target: string;
  /** As it is sent; an object is sent as JSON. */
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends signed requests as bytes, over connections that are kept, past any client's own rules. */
export class RawCaller {
  readonly #server: TestServer;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });

  readonly #service: string;

  /** `service` is the name in the scopes of signatures. */
  constructor(server: TestServer, service = 'swf') {
    this.#server = server;
    this.#service = service;
  }

  call({ target, body, headers = {} }: RawRequest): Promise<RawAnswer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { host, port, credentials, clock, region } = this.#server;
    const unsigned = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, ...headers };
    const key = { id: credentials.accessKeyId, secret: credentials.secretAccessKey };
    const signed = sign(
      { headers: unsigned, body: text },
      { ...key, region, service: this.#service, time: clock.now() },
    );
    return new Promise((resolve, reject) => {
      const sent = request(
        { host, port, method: 'POST', path: '/', headers: signed, agent: this.#agent },
        (response) => {
          let received = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            received += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: received }),
          );
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
