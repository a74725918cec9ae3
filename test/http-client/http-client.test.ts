import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import type { Resolve } from '../../src/http-client/guarded-lookup.ts';
import {
  createHttpClient,
  type HttpClientOptions,
  type HttpRequest,
} from '../../src/http-client/http-client.ts';
import { HttpFailed } from '../../src/http-client/http-failed.ts';
import { serveHttp } from '../support/http-server.ts';

const OPEN = { rules: { allow: [], deny: [] }, answerBytes: 1000 };

const get = (url: string): HttpRequest => ({ url, method: 'GET', headers: {} });

function send(
  request: HttpRequest,
  options: Partial<HttpClientOptions> = {},
  signal = new AbortController().signal,
) {
  return createHttpClient({ ...OPEN, ...options })(request, signal);
}

async function failure(request: HttpRequest, options: Partial<HttpClientOptions> = {}): Promise<string> {
  const error = await send(request, options).catch((reason: unknown) => reason);
  assert(error instanceof HttpFailed, String(error));
  return error.failure;
}

/** Resolves the names it knows, each time to the next of their addresses. */
function resolver(names: Readonly<Record<string, string[]>>): Resolve {
  return async (host) => {
    const address = names[host]?.shift();
    return address === undefined ? [] : [{ address, family: address.includes(':') ? 6 : 4 }];
  };
}

const named = (address: string, name: string): string => address.replace('127.0.0.1', name);

describe('a request', () => {
  test('arrives as it is; the answer is told whole', async (t) => {
    const url = await serveHttp(t, ({ request, body }, response) => {
      const { method, headers } = request;
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      response.writeHead(201, { 'X-Given': headers['x-mine'] }).end(`${method} ${body}`);
    });
    const answer = await send({ url, method: 'PATCH', headers: { 'X-Mine': 'yes' }, body: 'ä' });
    assert.deepEqual([answer.status, answer.body], [201, 'PATCH ä']);
    assert.deepEqual([answer.headers['x-given'], answer.headers['set-cookie']], ['yes', 'a=1, b=2']);
  });

  test('has none of the headers that concern its connection', async (t) => {
    const url = await serveHttp(t, ({ request, body }, response) =>
      response.end(JSON.stringify([request.headers['content-length'], request.headers.upgrade, body])),
    );
    const headers = { 'Content-Length': '1', Upgrade: 'websocket', Connection: 'upgrade', Expect: 'x' };
    const answer = await send({ url, method: 'POST', headers, body: 'whole' });
    assert.deepEqual(JSON.parse(answer.body), ['5', null, 'whole']);
  });

  const INVALID: readonly (readonly [what: string, request: Partial<HttpRequest>])[] = [
    ['no URL', { url: 'nowhere' }],
    ['another protocol', { url: 'file:///etc/passwd' }],
    ['a header name with a space', { headers: { 'a b': 'c' } }],
    ['a header that injects another', { headers: { a: 'b\r\nc: d' } }],
  ];
  for (const [what, given] of INVALID) {
    test(`with ${what} is not sent`, async () => {
      assert.equal(await failure({ ...get('http://127.0.0.1:1/'), ...given }), 'InvalidRequest');
    });
  }

  test('that nobody takes fails, as does one whose answer breaks off or is too large', async (t) => {
    const url = await serveHttp(t, ({ request }, response) => {
      if (request.url === '/large') response.end('x'.repeat(1001));
      else response.writeHead(200, { 'content-length': 10 }).write('x', () => response.destroy());
    });
    assert.equal(await failure(get('http://127.0.0.1:1/')), 'ConnectionFailed');
    assert.equal(await failure(get(`${url}/short`)), 'ConnectionFailed');
    assert.equal(await failure(get(`${url}/large`)), 'AnswerTooLarge');
    const resolve: Resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    assert.equal(await failure(get('http://nobody/'), { resolve }), 'ConnectionFailed');
    assert.equal(await failure(get('http://nobody/'), { resolve: resolver({}) }), 'ConnectionFailed');
  });

  test('whose answer is another protocol fails', async (t) => {
    const server = createServer((socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    t.after(() => server.close());
    const { port } = server.address() as { readonly port: number };
    assert.equal(await failure(get(`http://127.0.0.1:${port}/`)), 'ConnectionFailed');
  });

  test('ends with its signal', async (t) => {
    const controller = new AbortController();
    const url = await serveHttp(t, () => controller.abort(new Error('enough')));
    await assert.rejects(send(get(url), {}, controller.signal), { message: 'enough' });
    await assert.rejects(send(get(url), {}, controller.signal), { message: 'enough' });
  });
});

describe('where a request may go', () => {
  const FORBIDDEN = [
    'http://169.254.169.254/latest/meta-data',
    'http://0xa9fea9fe/',
    'http://2852039166/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'https://100.100.100.200/latest/meta-data',
  ];
  for (const url of FORBIDDEN) {
    test(`not to ${url}`, async () => assert.equal(await failure(get(url)), 'Forbidden'));
  }

  test('the address that is connected to is the one that was checked', async (t) => {
    let calls = 0;
    const url = await serveHttp(t, (_, response) => {
      calls++;
      response.end('here');
    });
    const resolve = resolver({ rebound: ['127.0.0.1', '169.254.169.254'] });
    assert.equal((await send(get(named(url, 'rebound')), { resolve })).body, 'here');
    assert.equal(await failure(get(named(url, 'rebound')), { resolve }), 'Forbidden');
    assert.equal(calls, 1);
  });

  test('a name is checked under https too', async () => {
    const resolve = resolver({ rebound: ['169.254.169.254'] });
    assert.equal(await failure(get('https://rebound/'), { resolve }), 'Forbidden');
  });

  test('a redirection is checked as the first request is', async (t) => {
    const url = await serveHttp(t, ({ request }, response) => {
      const location = request.url === '/name' ? 'http://inside/' : 'http://169.254.169.254/';
      response.writeHead(302, { location }).end();
    });
    const resolve = resolver({ inside: ['fe80::1'] });
    assert.equal(await failure(get(`${url}/name`), { resolve }), 'Forbidden');
    assert.equal(await failure(get(`${url}/address`), { resolve }), 'Forbidden');
    const rules = { allow: [], deny: ['inside'] };
    assert.equal(await failure(get(`${url}/name`), { rules, resolve }), 'Forbidden');
  });
});

describe('a redirection', () => {
  const REDIRECTS = [
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [302, 'PUT', 'PUT', 'text'],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'text'],
    [308, 'PATCH', 'PATCH', 'text'],
  ] as const;
  for (const [status, method, next, body] of REDIRECTS) {
    test(`${status} of a ${method} becomes a ${next}`, async (t) => {
      const url = await serveHttp(t, (received, response) => {
        const { request } = received;
        if (request.url === '/') response.writeHead(status, { location: '/there' }).end();
        else response.end(`${request.method} ${received.body} ${request.headers['content-type'] ?? ''}`);
      });
      const headers = { 'Content-Type': 'text/x' };
      const answer = await send({ url, method, headers, body: 'text' });
      assert.equal(answer.body, `${next} ${body} ${body === '' ? '' : 'text/x'}`);
    });
  }

  test('to another origin takes no secrets along', async (t) => {
    const there = await serveHttp(t, ({ request }, response) =>
      response.end(JSON.stringify(request.headers)),
    );
    const here = await serveHttp(t, (_, response) => response.writeHead(307, { location: there }).end());
    const headers = { Authorization: 'a', cookie: 'b', 'X-Token': 'c', 'X-Open': 'd' };
    const { body } = await send({ url: here, method: 'GET', headers }, { secretHeaders: ['x-token'] });
    const arrived = JSON.parse(body);
    assert.equal(arrived['x-open'], 'd');
    for (const name of ['authorization', 'cookie', 'x-token']) assert.equal(arrived[name], undefined);
  });

  test('is an answer without a place to go, and ends when it goes on for ever', async (t) => {
    const url = await serveHttp(t, ({ request }, response) =>
      request.url === '/end'
        ? response.writeHead(304).end()
        : response.writeHead(302, { location: '/' }).end(),
    );
    assert.equal((await send(get(`${url}/end`))).status, 304);
    assert.equal(await failure(get(url)), 'TooManyRedirects');
  });

  test('to what is no http URL fails', async (t) => {
    const url = await serveHttp(t, (_, response) =>
      response.writeHead(302, { location: 'ftp://example.com/' }).end(),
    );
    assert.equal(await failure(get(url)), 'InvalidRequest');
  });
});
