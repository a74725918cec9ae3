import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { NoSuchExecution, Rejection, Unavailable } from '../../src/kernel/errors.ts';
import { HttpError, type HttpRoute, jsonAnswer } from '../../src/server/http-route.ts';
import { type RawResponse, requestText } from '../support/raw-http.ts';
import { sign } from '../support/sign.ts';
import { KEY, NOW, startTinyServer, type TinyServer } from '../support/tiny-server.ts';

async function get(
  server: TinyServer,
  path: string,
  headers: Record<string, string> = { host: 'x' },
): Promise<RawResponse> {
  const connection = await server.connect();
  connection.send(
    `GET ${path} HTTP/1.1\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  );
  return connection.receive();
}

const signed = (path: string): Record<string, string> =>
  sign({ method: 'GET', path, headers: {}, body: '' }, { ...KEY, service: 'orrery', time: NOW });

describe('administration', () => {
  test('/healthz', async (t) => {
    const { status, body } = await get(await startTinyServer(t), '/healthz');
    assert.deepEqual([status, body], [200, '{"ok":true}']);
  });

  test('/readyz says why not', async (t) => {
    let readiness: { ok: boolean; reason?: string } = { ok: false, reason: 'the disk is full' };
    const server = await startTinyServer(t, { ready: () => readiness });
    const refused = await get(server, '/readyz');
    assert.deepEqual([refused.status, JSON.parse(refused.body)], [503, readiness]);
    readiness = { ok: true };
    assert.equal((await get(server, '/readyz')).status, 200);
  });

  test('/metrics counts requests by operation and status', async (t) => {
    const server = await startTinyServer(t);
    await server.call('Echo', '{"text":"x"}');
    await server.call('Echo', '{"text":"x"}');
    await server.call('Echo', '{}');
    const { headers, body } = await get(server, '/metrics');
    assert.match(headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(body, /^orrery_requests_total\{api="tiny",operation="Echo",status="200"\} 2$/m);
    assert.match(body, /^orrery_requests_total\{api="tiny",operation="Echo",status="400"\} 1$/m);
    assert.match(
      body,
      /^orrery_request_duration_seconds_bucket\{api="tiny",operation="Echo",le="\+Inf"\} 3$/m,
    );
    assert.match(body, /^orrery_request_duration_seconds_count\{api="tiny",operation="Echo"\} 3$/m);
    assert.match(body, /^tiny_things 3$/m);
    assert.match(body, /^process_cpu_seconds_total /m);
  });

  test('other paths and methods are not found', async (t) => {
    const server = await startTinyServer(t);
    for (const path of ['/', '/nothing', '/healthz/x', '/%', '/..//'])
      assert.ok([400, 404].includes((await get(server, path)).status), path);
    const connection = await server.connect();
    connection.send(requestText('POST', '/healthz', { headers: { host: 'x' }, body: 'x' }));
    assert.equal((await connection.receive()).status, 404);
  });
});

describe('signed routes', () => {
  const route: HttpRoute = {
    method: 'GET',
    path: '/api/v1/things/:id',
    access: 'signed',
    handle: async ({ params, query, call }) =>
      jsonAnswer({ id: params.id, order: query.get('order'), region: call?.region }),
  };

  test('hand over parameters, query and caller', async (t) => {
    const server = await startTinyServer(t, { routes: [route] });
    const path = '/api/v1/things/a?limit=5&order=newest';
    const { status, body } = await get(server, path, signed(path));
    assert.deepEqual([status, JSON.parse(body)], [200, { id: 'a', order: 'newest', region: 'us-east-1' }]);
  });

  test('refuse others in their own shape', async (t) => {
    const server = await startTinyServer(t, { routes: [route] });
    const { status, body } = await get(server, '/api/v1/things/a');
    assert.deepEqual(
      [status, JSON.parse(body)],
      [
        403,
        {
          error: {
            type: 'MissingAuthenticationTokenException',
            message: 'Request is missing Authentication Token',
          },
        },
      ],
    );
    assert.equal((await get(server, '/api/v1/things/b', signed('/api/v1/things/a'))).status, 403);
  });
});

test('errors have the status that fits', async (t) => {
  const errors: Record<string, [Error, number, string]> = {
    gone: [new NoSuchExecution('no execution gone'), 404, 'not-found'],
    bad: [new HttpError(422, 'bad-limit', 'limit must be a number'), 422, 'bad-limit'],
    refused: [new Rejection('already-closed'), 400, 'already-closed'],
    busy: [new Unavailable('reloading'), 503, 'unavailable'],
    broken: [new Error('secret detail'), 500, 'internal'],
  };
  const route: HttpRoute = {
    method: 'GET',
    path: '/fail/:how',
    access: 'open',
    handle: async ({ params }) => {
      throw errors[params.how ?? '']?.[0] ?? new Error();
    },
  };
  const server = await startTinyServer(t, { routes: [route] });
  for (const [how, [, status, type]] of Object.entries(errors)) {
    const answer = await get(server, `/fail/${how}`);
    assert.equal(answer.status, status);
    assert.equal(JSON.parse(answer.body).error.type, type);
    assert.doesNotMatch(answer.body, /secret detail/);
  }
  assert.equal(server.logged.length, 1);
});

describe('streams', () => {
  const events = (left: () => void): HttpRoute => ({
    method: 'GET',
    path: '/events',
    access: 'open',
    handle: async ({ signal }) => ({
      contentType: 'text/event-stream',
      body: (async function* () {
        yield 'data: 1\n\n';
        if (!signal.aborted) await once(signal, 'abort');
        left();
      })(),
    }),
  });

  test('send what there is, and end when the server stops', async (t) => {
    const server = await startTinyServer(t, { routes: [events(() => undefined)] });
    const connection = await server.connect();
    connection.send('GET /events HTTP/1.1\r\nhost: x\r\n\r\n');
    let text = '';
    for await (const part of connection.socket) {
      text += part;
      if (text.includes('data: 1')) server.listening.stop();
    }
    assert.match(text, /content-type: text\/event-stream/i);
    assert.match(text, /data: 1\n\n\r\n0\r\n\r\n$/);
  });

  test('end when the client leaves', async (t) => {
    const left = Promise.withResolvers<void>();
    const server = await startTinyServer(t, { routes: [events(left.resolve)] });
    const connection = await server.connect();
    connection.send('GET /events HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(connection.socket, 'data');
    connection.socket.destroy();
    await left.promise;
  });
});
