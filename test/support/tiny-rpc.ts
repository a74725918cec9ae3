import type { TestContext } from 'node:test';
import type { RawResponse } from './raw-http.ts';
import { requestText } from './raw-http.ts';
import { formText, signV1, type Texts } from './sign-alibaba.ts';
import { tinyAlibaba, VERSION } from './tiny-alibaba.ts';
import { KEY, NOW, startTinyServer, type TinyOptions, type TinyServer } from './tiny-server.ts';

export const SIGNING = { ...KEY, time: NOW };
export const FORM = 'application/x-www-form-urlencoded';
export const HOST = 'tiny.local:7400';

/** The tiny API in the manner of Alibaba, unless another is given. */
export const startTinyRpc = (test: TestContext, options: TinyOptions = {}): Promise<TinyServer> =>
  startTinyServer(test, { api: tinyAlibaba(), ...options });

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Over a connection of its own. */
export async function send(
  server: TinyServer,
  { method = 'POST', path = '/', headers = {}, body = '' }: Sent,
): Promise<RawResponse> {
  const connection = await server.connect();
  connection.send(requestText(method, path, { headers: { host: HOST, ...headers }, body }));
  const response = await connection.receive();
  connection.socket.destroy();
  return response;
}

export const named = (action: string, parameters: Texts): Texts => ({
  Action: action,
  Version: VERSION,
  ...parameters,
});

/** Signed by version 1, everything in the body. */
export const form = (action: string, parameters: Texts, signing = SIGNING): Sent => ({
  headers: { 'content-type': FORM },
  body: formText(signV1('POST', named(action, parameters), signing)),
});

/** Signed by version 1, everything in the query. */
export const query = (action: string, parameters: Texts): Sent => ({
  method: 'GET',
  path: `/?${formText(signV1('GET', named(action, parameters), SIGNING))}`,
});

export const bodyOf = ({ body }: RawResponse): Record<string, unknown> => JSON.parse(body);
