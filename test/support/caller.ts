import assert from 'node:assert/strict';
import { sign } from './sign.ts';
import { credentials, type TestServer } from './start-server.ts';

export interface CallerOptions {
  readonly key?: { readonly id: string; readonly secret: string };
  readonly region?: string;
}

export interface Asking {
  /** GET unless given. */
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** One client of a server: SWF operations, and paths of Orrery's own API. */
export interface Caller {
  /** The answer to an operation; fails unless it is served. */
  swf<Answer = Record<string, unknown>>(operation: string, input: object): Promise<Answer>;
  /** A request to `/api/v1/<path>`; values of its query need no encoding. */
  open(path: string, asking?: Asking): Promise<Response>;
  /** The same with the answer read as JSON. */
  get<Answer>(path: string, asking?: Asking): Promise<{ readonly status: number; readonly body: Answer }>;
}

type Target = Pick<TestServer, 'endpoint' | 'host' | 'port' | 'clock'>;

const usual = { id: credentials.accessKeyId, secret: credentials.secretAccessKey };

export function createCaller(server: Target, options: CallerOptions = {}): Caller {
  const { key = usual, region = 'us-east-1' } = options;
  const host = `${server.host}:${server.port}`;
  const signing = (service: string) => ({ ...key, region, service, time: server.clock.now() });
  const open: Caller['open'] = (given, { headers = {}, method = 'GET', body, ...asking } = {}) => {
    const path = `/api/v1/${encodeValues(given)}`;
    const { host: _host, ...signed } = sign(
      { method, path, headers: { host }, body: body ?? '' },
      signing('orrery'),
    );
    const sent = { ...asking, method, headers: { ...headers, ...signed } };
    return fetch(server.endpoint + path, body === undefined ? sent : { ...sent, body });
  };
  return {
    open,
    get: async <Answer>(path: string, asking?: Asking) => {
      const response = await open(path, asking);
      return { status: response.status, body: (await response.json()) as Answer };
    },
    swf: async <Answer>(operation: string, input: object) => {
      const body = JSON.stringify(input);
      const headers = {
        host,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `SimpleWorkflowService.${operation}`,
      };
      const { host: _host, ...signed } = sign({ headers, body }, signing('swf'));
      const response = await fetch(server.endpoint, { method: 'POST', headers: signed, body });
      const text = await response.text();
      assert.equal(response.status, 200, `${operation}: ${text}`);
      return (text === '' ? {} : JSON.parse(text)) as Answer;
    },
  };
}

/** What is signed must be what is sent: each value of the query encoded. */
const encodeValues = (path: string): string =>
  path.replaceAll(/([?&][^=]+=)([^&]*)/g, (_, name, value) => name + encodeURIComponent(value));

/** Lets everything else happen until the condition holds; fails when it does not come to hold. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `never happened: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
