import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { JsonText } from '../../src/apis/api.ts';
import { requestText } from '../support/raw-http.ts';
import { formText, signV1, signV3 } from '../support/sign-alibaba.ts';
import { tinyAlibaba, VERSION } from '../support/tiny-alibaba.ts';
import {
  bodyOf,
  FORM,
  form,
  HOST,
  named,
  query,
  type Sent,
  SIGNING,
  send,
  startTinyRpc,
} from '../support/tiny-rpc.ts';
import { tinyApi } from '../support/tiny-server.ts';

describe('answers', () => {
  test('an object, after the id of its request', async (t) => {
    const { status, headers, body } = await send(
      await startTinyRpc(t),
      form('Echo', { Text: 'grüße', Wait: '5', Loud: 'true' }),
    );
    assert.equal(status, 200);
    assert.equal(body, '{"RequestId":"request-1","Text":"grüße","Wait":5,"Loud":true}');
    assert.equal(headers.get('content-type'), 'application/json;charset=utf-8');
    assert.equal(headers.get('x-acs-request-id'), 'request-1');
  });

  test('an object with the id that the client gave', async (t) => {
    const { headers, body } = await send(
      await startTinyRpc(t),
      query('Echo', { Text: 'a', RequestId: 'mine' }),
    );
    assert.equal(body, '{"RequestId":"mine","Text":"a"}');
    assert.equal(headers.get('x-acs-request-id'), 'mine');
  });

  test('an id that could not stand in a header is not taken', async (t) => {
    const { body } = await send(await startTinyRpc(t), query('Echo', { Text: 'a', RequestId: 'x\r\ny: z' }));
    assert.equal(body, '{"RequestId":"request-1","Text":"a"}');
  });

  test('nothing, and text that is JSON already', async (t) => {
    const api = tinyAlibaba({
      Nothing: async () => undefined,
      Text: async () => new JsonText('{"a": [1 ]}'),
    });
    const server = await startTinyRpc(t, { api });
    assert.equal((await send(server, form('Nothing', { Text: 'x' }))).body, '{"RequestId":"request-1"}');
    assert.equal(
      (await send(server, form('Text', { Text: 'x' }))).body,
      '{"RequestId":"request-2","a": [1 ]}',
    );
  });

  test('nothing that clients would take for an error', async (t) => {
    const server = await startTinyRpc(t, { api: tinyAlibaba({ Bad: async () => ({ Code: 'x' }) }) });
    const answer = await send(server, form('Bad', { Text: 'x' }));
    assert.deepEqual([answer.status, bodyOf(answer).Code], [500, 'InternalServerError']);
    assert.equal(server.logged.length, 1);
  });

  test('what the call knows of its caller; the region is the configured one', async (t) => {
    const api = tinyAlibaba({
      Who: async (_, { account, region, requestId }) => ({ account, region, id: requestId }),
    });
    const answer = await send(
      await startTinyRpc(t, { api }),
      form('Who', { Text: 'x', RegionId: 'cn-beijing', RequestId: 'mine' }),
    );
    assert.deepEqual(bodyOf(answer), {
      RequestId: 'mine',
      account: '000000000000',
      region: 'eu-north-1',
      id: 'mine',
    });
  });

  test('several requests over one connection, AWS between them', async (t) => {
    const server = await startTinyRpc(t, {
      api: [tinyAlibaba(), tinyApi({ Echo: async ({ text }) => ({ text }) })],
    });
    const connection = await server.connect();
    const { path = '', ...rest } = query('Echo', { Text: 'a' });
    const rpc = requestText(rest.method ?? '', path, { headers: { host: HOST }, body: '' });
    const aws = requestText('POST', '/', {
      headers: { host: HOST, 'x-amz-target': 'TinyService.Echo' },
      body: '{}',
    });
    connection.send(rpc + aws);
    assert.equal((await connection.receive()).body, '{"RequestId":"request-1","Text":"a"}');
    assert.match((await connection.receive()).body, /MissingAuthenticationToken|UnknownOperation/);
    assert.match((await server.call('Echo', '{"text":"x"}')).body, /^\{"text":"x"\}$/);
  });
});

describe('ways to send', () => {
  const v3 = { host: HOST, 'x-acs-action': 'Echo', 'x-acs-version': VERSION };
  const split = (): Sent => {
    const { Text = '', ...system } = signV1('POST', named('Echo', { Text: 'a b*' }), SIGNING);
    return {
      path: `/?${formText(system)}`,
      headers: { 'content-type': FORM },
      body: `Text=${Text.replace(' ', '+')}`,
    };
  };
  const table: readonly [string, () => Sent][] = [
    ['version 1, GET', () => query('Echo', { Text: 'a b*' })],
    ['version 1, POST', () => form('Echo', { Text: 'a b*' })],
    ['version 1, split', split],
    [
      'version 3, GET',
      () => ({
        method: 'GET',
        path: '/?Text=a%20b%2A',
        headers: signV3({ method: 'GET', query: { Text: 'a b*' }, headers: v3 }, SIGNING),
      }),
    ],
    [
      'version 3, POST',
      () => {
        const body = 'Text=a%20b*';
        return {
          headers: signV3({ method: 'POST', body, headers: { ...v3, 'content-type': FORM } }, SIGNING),
          body,
        };
      },
    ],
    [
      'version 3, JSON',
      () => {
        const body = '{"Text":"a b*"}';
        const headers = { ...v3, 'content-type': 'application/json' };
        return { headers: signV3({ method: 'POST', body, headers }, SIGNING), body };
      },
    ],
  ];
  for (const [title, sent] of table)
    test(title, async (t) => {
      const { status, body } = await send(await startTinyRpc(t), sent());
      assert.deepEqual([status, body], [200, '{"RequestId":"request-1","Text":"a b*"}']);
    });

  test('in chunks, piece by piece', async (t) => {
    const connection = await (await startTinyRpc(t)).connect();
    const { body = '' } = form('Echo', { Text: 'a b*' });
    connection.send(
      `POST / HTTP/1.1\r\nhost: ${HOST}\r\ncontent-type: ${FORM}\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    for (const piece of body.match(/.{1,40}/gs) ?? [])
      connection.send(`${piece.length.toString(16)}\r\n${piece}\r\n`);
    connection.send('0\r\n\r\n');
    assert.equal((await connection.receive()).body, '{"RequestId":"request-1","Text":"a b*"}');
  });
});

test('requests are counted with those of all APIs', async (t) => {
  const server = await startTinyRpc(t);
  await send(server, form('Echo', { Text: 'x' }));
  await send(server, form('Echo', {}));
  const { body } = await send(server, { method: 'GET', path: '/metrics' });
  assert.match(body, /orrery_requests_total\{api="tiny-rpc",operation="Echo",status="200"\} 1\n/);
  assert.match(body, /orrery_requests_total\{api="tiny-rpc",operation="Echo",status="400"\} 1\n/);
});

describe('an operation that waits', () => {
  const waiting = () => {
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<unknown>();
    const api = tinyAlibaba({
      Wait: async (_, { signal }) => {
        begun.resolve();
        if (!signal.aborted) await once(signal, 'abort');
        ended.resolve(signal.reason.because);
        return { Waited: true };
      },
    });
    return { api, hasBegun: begun.promise, hasEnded: ended.promise };
  };

  test('hears that its client has left', async (t) => {
    const { api, hasBegun, hasEnded } = waiting();
    const connection = await (await startTinyRpc(t, { api })).connect();
    const { method = '', path = '' } = query('Wait', { Text: 'x' });
    connection.send(requestText(method, path, { headers: { host: HOST }, body: '' }));
    await hasBegun;
    connection.socket.destroy();
    assert.equal(await hasEnded, 'client-left');
  });

  test('answers when the server stops', async (t) => {
    const { api, hasBegun, hasEnded } = waiting();
    const server = await startTinyRpc(t, { api });
    const connection = await server.connect();
    const { method = '', path = '' } = query('Wait', { Text: 'x' });
    connection.send(requestText(method, path, { headers: { host: HOST }, body: '' }));
    await hasBegun;
    const stopped = server.listening.stop();
    assert.equal(await hasEnded, 'stopping');
    const { headers, body } = await connection.receive();
    assert.deepEqual([body, headers.get('connection')], ['{"RequestId":"request-1","Waited":true}', 'close']);
    await stopped;
  });
});
