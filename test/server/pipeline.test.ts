import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { JsonText, type Permission } from '../../src/apis/api.ts';
import { authenticateByKey, authenticateNobody } from '../../src/server/authenticate.ts';
import { requestText } from '../support/raw-http.ts';
import { callText, KEY, startTinyServer, tinyApi } from '../support/tiny-server.ts';

const fault = (body: string): unknown => JSON.parse(body);

describe('answers', () => {
  test('an object as JSON, with the request’s id', async (t) => {
    const server = await startTinyServer(t);
    const { status, headers, body } = await server.call('Echo', '{"text":"grüße"}');
    assert.equal(status, 200);
    assert.equal(body, '{"text":"grüße"}');
    assert.equal(headers.get('content-type'), 'application/x-amz-json-1.0');
    assert.equal(headers.get('x-amzn-requestid'), 'request-1');
    assert.equal(headers.get('content-length'), '18');
  });

  test('nothing as an empty body of length 0', async (t) => {
    const server = await startTinyServer(t, { api: tinyApi({ Signal: async () => undefined }) });
    const { status, headers, body } = await server.call('Signal', '{"text":"x"}');
    assert.deepEqual([status, headers.get('content-length'), body], [200, '0', '']);
  });

  test('JSON text as it is', async (t) => {
    const server = await startTinyServer(t, {
      api: tinyApi({ Get: async () => new JsonText('{"a": [1 ]}') }),
    });
    assert.equal((await server.call('Get', '{"text":"x"}')).body, '{"a": [1 ]}');
  });

  test('every prefix of the API', async (t) => {
    const server = await startTinyServer(t);
    const headers = { 'x-amz-target': 'com.example.TinyService.Echo' };
    assert.equal((await server.call('Echo', '{"text":"x"}', { headers })).body, '{"text":"x"}');
  });

  test('pipelined requests in their order', async (t) => {
    const server = await startTinyServer(t);
    const connection = await server.connect();
    connection.send(
      callText('Echo', '{"text":"1"}') + callText('Echo', '{"text":"2"}') + callText('Echo', '{}'),
    );
    const bodies = [await connection.receive(), await connection.receive(), await connection.receive()];
    assert.deepEqual(
      bodies.map(({ status }) => status),
      [200, 200, 400],
    );
    assert.equal(bodies[1]?.body, '{"text":"2"}');
  });

  test('a request that arrives byte by byte', async (t) => {
    const server = await startTinyServer(t);
    const connection = await server.connect();
    connection.socket.setNoDelay(true);
    for (const byte of callText('Echo', '{"text":"slow"}')) connection.send(byte);
    assert.equal((await connection.receive()).body, '{"text":"slow"}');
  });

  test('what the call knows of its caller', async (t) => {
    const api = tinyApi({
      Who: async (_input, { account, region, requestId }) => ({ account, region, requestId }),
    });
    const server = await startTinyServer(t, { api });
    assert.deepEqual(JSON.parse((await server.call('Who', '{"text":"x"}')).body), {
      account: '000000000000',
      region: 'us-east-1',
      requestId: 'request-1',
    });
  });
});

describe('refusals', () => {
  const table: readonly [string, string, Record<string, string>, [number, string, string | RegExp]][] = [
    ['malformed JSON', '{', {}, [400, 'com.amazon.coral.service#SerializationException', /parse/]],
    ['no object', '[]', {}, [400, 'com.amazon.coral.service#SerializationException', /./]],
    [
      'a wrong type',
      '{"text":1}',
      {},
      [400, 'com.amazon.coral.service#SerializationException', 'NUMBER_VALUE cannot be converted to String'],
    ],
    [
      'a missing member',
      '{}',
      {},
      [
        400,
        'com.amazon.coral.validate#ValidationException',
        "1 validation error detected: Value null at 'text' failed to satisfy constraint: Member must not be null",
      ],
    ],
    [
      'an unknown operation',
      '{}',
      { 'x-amz-target': 'TinyService.Nap' },
      [400, 'com.amazon.coral.service#UnknownOperationException', ''],
    ],
    [
      'a property of every object',
      '{}',
      { 'x-amz-target': 'TinyService.constructor' },
      [400, 'com.amazon.coral.service#UnknownOperationException', ''],
    ],
    [
      'an unknown service',
      '{}',
      { 'x-amz-target': 'Nobody.Echo' },
      [400, 'com.amazon.coral.service#UnknownOperationException', ''],
    ],
  ];
  for (const [title, body, headers, [status, type, message]] of table)
    test(title, async (t) => {
      const server = await startTinyServer(t);
      const answer = await server.call('Echo', body, { headers });
      assert.equal(answer.status, status);
      const { __type, message: text } = JSON.parse(answer.body);
      assert.equal(__type, type);
      if (message instanceof RegExp) assert.match(text, message);
      else assert.equal(text, message);
      assert.equal(answer.headers.get('x-amzn-requestid'), 'request-1');
      assert.deepEqual(server.logged, []);
    });

  test('no target at all', async (t) => {
    const server = await startTinyServer(t);
    const connection = await server.connect();
    connection.send(requestText('POST', '/', { headers: { host: 'x' }, body: '{}' }));
    assert.match((await connection.receive()).body, /UnknownOperationException/);
  });

  test('no signature comes before a malformed body', async (t) => {
    const server = await startTinyServer(t);
    const connection = await server.connect();
    const headers = {
      host: 'x',
      'x-amz-target': 'TinyService.Echo',
      'content-type': 'application/x-amz-json-1.0',
    };
    connection.send(requestText('POST', '/', { headers, body: '{' }));
    const { status, body } = await connection.receive();
    assert.deepEqual(
      [status, fault(body)],
      [
        403,
        {
          __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
          message: 'Request is missing Authentication Token',
        },
      ],
    );
  });

  test('what the key’s policy does not allow, after validation', async (t) => {
    const server = await startTinyServer(t);
    const key = { id: 'AKIDGUEST', secret: 'another' };
    assert.equal((await server.call('Echo', '{"text":"hello"}', { key })).status, 200);
    assert.match((await server.call('Echo', '{}', { key })).body, /ValidationException/);
    assert.deepEqual(fault((await server.call('Echo', '{"text":"bye"}', { key })).body), {
      __type: 'com.amazon.coral.service#AccessDeniedException',
      message:
        'User: arn:aws:iam::000000000000:user/guest is not authorized to perform: tiny:Echo on resource: arn:aws:tiny:us-east-1:000000000000:thing',
    });
  });

  test('an unexpected error is a 500, logged with the request’s id, and tells nothing', async (t) => {
    const broken = async (): Promise<never> => {
      throw new TypeError('the password is hunter2');
    };
    const server = await startTinyServer(t, { api: tinyApi({ Break: broken }) });
    const { status, body } = await server.call('Break', '{"text":"x"}');
    assert.equal(status, 500);
    assert.match(body, /"com\.amazon\.coral\.service#InternalFailure"/);
    assert.doesNotMatch(body, /hunter2/);
    assert.equal(server.logged.length, 1);
    assert.deepEqual(
      { ...server.logged[0]?.details, err: undefined },
      { requestId: 'request-1', target: 'TinyService.Break', err: undefined },
    );
  });

  test('errors thrown before the first await, by the permission and by the fault table', async (t) => {
    const api = tinyApi({
      Echo: () => {
        throw new Error('at once');
      },
    });
    const fail = (): never => {
      throw new Error('worse');
    };
    const server = await startTinyServer(t, { api: { ...api, permission: fail, fault: fail } });
    assert.equal((await server.call('Echo', '{"text":"x"}')).status, 500);
    assert.equal(
      (await server.call('Echo', '{"text":"x"}', { key: { id: 'AKIDGUEST', secret: 'another' } })).status,
      500,
    );
  });

  test('an answer that is no JSON', async (t) => {
    const api = tinyApi({ Echo: async () => ({ big: 1n }) });
    const server = await startTinyServer(t, { api });
    assert.equal((await server.call('Echo', '{"text":"x"}')).status, 500);
  });
});

test('policies see what every request has', async (t) => {
  const seen: Permission[] = [];
  const principal = { ...KEY, account: '123456789012', arn: 'arn:aws:iam::123456789012:user/ops' };
  const allows = (permission: Permission): boolean => seen.push(permission) > 0;
  const server = await startTinyServer(t, {
    authentication: authenticateByKey([{ ...principal, allows }], 'us-east-1'),
  });
  await server.call('Echo', '{"text":"x"}', { headers: { 'user-agent': 'curl' } });
  assert.deepEqual(seen, [
    {
      action: 'tiny:Echo',
      resource: 'arn:aws:tiny:us-east-1:123456789012:thing',
      context: {
        'acs:CurrentTime': '2026-11-20T13:48:00.000Z',
        'acs:SecureTransport': 'false',
        'acs:SourceIp': '127.0.0.1',
        'aws:CurrentTime': '2026-11-20T13:48:00.000Z',
        'aws:EpochTime': '1795182480',
        'aws:PrincipalAccount': '123456789012',
        'aws:PrincipalArn': principal.arn,
        'aws:RequestedRegion': 'us-east-1',
        'aws:SecureTransport': 'false',
        'aws:SourceIp': '127.0.0.1',
        'aws:UserAgent': 'curl',
        'aws:username': 'AKIDOPS',
        'tiny:text': 'x',
      },
    },
  ]);
});

test('with authentication off the region still comes from the scope', async (t) => {
  const api = tinyApi({ Who: async (_input, { region }) => ({ region }) });
  const server = await startTinyServer(t, {
    api,
    authentication: authenticateNobody('000000000000', 'eu-west-1'),
  });
  const connection = await server.connect();
  const headers = {
    host: 'x',
    'x-amz-target': 'TinyService.Who',
    'content-type': 'application/x-amz-json-1.0',
  };
  const legacy = { ...headers, 'x-amzn-authorization': 'AWS3 AWSAccessKeyId=x' };
  const scoped = {
    ...headers,
    authorization: 'AWS4-HMAC-SHA256 Credential=any/20200101/ap-south-1/tiny/aws4_request, …',
  };
  for (const given of [legacy, scoped])
    connection.send(requestText('POST', '/', { headers: given, body: '{"text":"x"}' }));
  assert.equal((await connection.receive()).body, '{"region":"eu-west-1"}');
  assert.equal((await connection.receive()).body, '{"region":"ap-south-1"}');
});
