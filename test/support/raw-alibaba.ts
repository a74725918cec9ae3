import { Agent, request } from 'node:http';
import { formText, signV1, signV3, type Texts } from './sign-alibaba.ts';
import type { TestServer } from './start-server.ts';

export interface AlibabaAnswer {
  readonly status: number;
  readonly body: string;
}

/** The three ways in which clients place parameters and signature. */
export type Manner = 'V1 GET' | 'V1 POST' | 'V3 POST';

type Server = Pick<TestServer, 'host' | 'port' | 'credentials' | 'clock'>;

const FORM = 'application/x-www-form-urlencoded';
const VERSION = '2019-03-15';

/** Sends signed RPC requests over connections that are kept, past any client's own rules. */
export class RawAlibabaCaller {
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(server: Server) {
    this.#server = server;
  }

  call(action: string, parameters: Texts, manner: Manner = 'V1 POST'): Promise<AlibabaAnswer> {
    const { credentials, clock, host, port } = this.#server;
    const key = { id: credentials.accessKeyId, secret: credentials.secretAccessKey, time: clock.now() };
    if (manner === 'V3 POST') {
      const body = formText(parameters);
      const named = { 'x-acs-action': action, 'x-acs-version': VERSION, 'content-type': FORM };
      const headers = signV3({ method: 'POST', body, headers: { host: `${host}:${port}`, ...named } }, key);
      return this.#send('POST', '/', { headers, body });
    }
    const method = manner === 'V1 GET' ? 'GET' : 'POST';
    const text = formText(signV1(method, { Action: action, Version: VERSION, ...parameters }, key));
    if (method === 'GET') return this.#send('GET', `/?${text}`, { headers: {}, body: '' });
    return this.#send('POST', '/', { headers: { 'content-type': FORM }, body: text });
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, content: Content): Promise<AlibabaAnswer> {
    const { host, port } = this.#server;
    const { body, headers } = content;
    return new Promise((resolve, reject) => {
      const sent = request({ host, port, method, path, headers, agent: this.#agent }, (response) => {
        let received = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          received += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: received }));
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

interface Content {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
