import type { TestContext } from 'node:test';
import openapi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import type { OperationName } from '../../../src/apis/cloudflow/model/parameters.ts';
import { createFixedClock, type FixedClock } from '../../support/fixed-clock.ts';
import { type ServerOptions, startServer, type TestServer } from '../../support/start-server.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are compared with what tests expect of them
export type Answer = Record<string, any>;

export interface CloudflowServer {
  readonly server: TestServer;
  /** Stands at the time of the test, since clients sign with the time they have. */
  readonly clock: FixedClock;
  /** Through the vendor's client; a fault is given as `Code`, `Message` and `status`. */
  readonly call: (action: OperationName, parameters: Readonly<Record<string, unknown>>) => Promise<Answer>;
}

type Method = 'GET' | 'POST';

/** As the vendor's generated clients do. */
const methodOf = (action: string): Method =>
  /^(?:Describe|List|Get)|^UpdateMapRun$/.test(action) ? 'GET' : 'POST';

/** The whole product over HTTP, and the vendor's client for it. */
export async function serveCloudflow(
  test: TestContext,
  options: ServerOptions = {},
): Promise<CloudflowServer> {
  const clock = createFixedClock(Date.now());
  const server = await startServer({ clock, ...options });
  test.after(() => server.stop());
  const { accessKeyId, secretAccessKey: accessKeySecret } = server.credentials;
  const endpoint = `${server.host}:${server.port}`;
  const client = new openapi.default(
    new Config({
      endpoint,
      protocol: 'HTTP',
      accessKeyId,
      accessKeySecret,
      readTimeout: 20_000,
      connectTimeout: 20_000,
    }),
  );
  const call: CloudflowServer['call'] = async (action, parameters) => {
    const method = methodOf(action);
    const texts = textsOf(parameters);
    const request = new OpenApiRequest(method === 'GET' ? { query: texts } : { body: texts });
    const runtime = {} as Parameters<typeof client.callApi>[2];
    try {
      const { body } = await client.callApi(paramsOf(action, method), request, runtime);
      return JSON.parse(JSON.stringify(body));
    } catch (error) {
      const { code, data } = error as { code: string; data?: { Message: string; statusCode: number } };
      if (data === undefined) throw error;
      return { Code: code, Message: data.Message, status: data.statusCode };
    }
  };
  return { server, clock, call };
}

function paramsOf(action: string, method: Method): Params {
  return new Params({
    action,
    version: '2019-03-15',
    protocol: 'HTTP',
    pathname: '/',
    method,
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
}

function textsOf(parameters: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  return Object.fromEntries(texts);
}
