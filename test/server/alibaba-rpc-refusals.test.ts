import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tinyAlibaba, VERSION } from '../support/tiny-alibaba.ts';
import {
  bodyOf,
  FORM,
  form,
  HOST,
  query,
  type Sent,
  SIGNING,
  send,
  startTinyRpc,
} from '../support/tiny-rpc.ts';
import { NOW } from '../support/tiny-server.ts';

describe('refusals', () => {
  const table: readonly [string, () => Sent, number, string, RegExp][] = [
    ['an unknown action', () => form('Nap', {}), 400, 'ActionNotSupported', /operation 'Nap' is/],
    ['a property of every object', () => form('constructor', {}), 400, 'ActionNotSupported', /'constructor'/],
    ['no action', () => query('', {}), 400, 'MissingRequiredParams', /'Action'/],
    [
      'another version',
      () => query('Echo', { Version: '2015-01-01' }),
      400,
      'APIVersionNotSupported',
      /'2015-01-01'/,
    ],
    ['no version', () => query('Echo', { Version: '' }), 400, 'MissingRequiredParams', /'Version'/],
    [
      'an unknown action before a bad version',
      () => form('Nap', { Version: 'x' }),
      400,
      'ActionNotSupported',
      /./,
    ],
    [
      'a bad version before a bad signature',
      () => form('Echo', { Version: 'x' }, { ...SIGNING, secret: '' }),
      400,
      'APIVersionNotSupported',
      /./,
    ],
    [
      'a bad signature before a missing parameter',
      () => form('Echo', {}, { ...SIGNING, secret: 'x' }),
      403,
      'SignatureNotMatch',
      /./,
    ],
    [
      'a missing parameter before a wrong one',
      () => form('Echo', { Wait: 'x' }),
      400,
      'MissingRequiredParams',
      /'Text'/,
    ],
    [
      'a wrong parameter',
      () => form('Echo', { Text: 'x', Wait: '61' }),
      400,
      'InvalidArgument',
      /'Wait' must be an integer from 0 to 60/,
    ],
    ['names in another case', () => form('Echo', { text: 'x' }), 400, 'MissingRequiredParams', /'Text'/],
    [
      'an unknown key',
      () => form('Echo', { Text: 'x' }, { ...SIGNING, id: 'nobody' }),
      403,
      'InvalidAccessKeyID',
      /'nobody'/,
    ],
    [
      'too late',
      () => form('Echo', { Text: 'x' }, { ...SIGNING, time: NOW - 901_000 }),
      403,
      'RequestTimeTooSkewed',
      /13:32:59Z.*13:48:00Z/,
    ],
    [
      'no signature',
      () => ({ method: 'GET', path: '/?Action=Echo&Version=2019-03-15' }),
      400,
      'MissingRequiredParams',
      /'AccessKeyId'/,
    ],
    [
      'no signature but headers',
      () => ({ headers: { 'x-acs-action': 'Echo', 'x-acs-version': VERSION } }),
      400,
      'MissingRequiredHeader',
      /'Authorization'/,
    ],
    [
      'no action under version 3',
      () => ({ headers: { 'x-acs-action': '', authorization: 'ACS3-HMAC-SHA256 x' } }),
      400,
      'MissingRequiredHeader',
      /'x-acs-action'/,
    ],
    [
      'no version under version 3',
      () => ({ headers: { 'x-acs-action': 'Echo', authorization: 'ACS3-HMAC-SHA256 x' } }),
      400,
      'MissingRequiredHeader',
      /'x-acs-version'/,
    ],
    [
      'a parameter twice',
      () => ({ method: 'GET', path: '/?Action=Echo&Action=Echo' }),
      400,
      'InvalidArgument',
      /'Action' is given more than once/,
    ],
    ['no UTF-8', () => ({ method: 'GET', path: '/?Action=Echo&Text=%ff' }), 400, 'InvalidArgument', /UTF-8/],
    [
      'another media type',
      () => ({ path: '/?Action=Echo', headers: { 'content-type': 'text/xml' }, body: '<a/>' }),
      415,
      'UnsupportedMediaType',
      /application\/json/,
    ],
  ];
  for (const [title, sent, status, code, message] of table)
    test(title, async (t) => {
      const server = await startTinyRpc(t);
      const answer = await send(server, sent());
      const { Code, Message, RequestId, HostId, Recommend } = bodyOf(answer);
      assert.deepEqual([answer.status, Code, RequestId, HostId], [status, code, 'request-1', HOST]);
      assert.match(String(Message), message);
      assert.match(String(Recommend), new RegExp(`q=${code}`));
      assert.equal(answer.headers.get('x-acs-request-id'), 'request-1');
      assert.equal(answer.headers.get('content-type'), 'application/json;charset=utf-8');
      assert.deepEqual(server.logged, []);
    });

  test('the same request again', async (t) => {
    const server = await startTinyRpc(t);
    const sent = form('Echo', { Text: 'x' });
    assert.equal((await send(server, sent)).status, 200);
    const again = await send(server, sent);
    assert.deepEqual([again.status, bodyOf(again).Code], [400, 'SignatureNonceUsed']);
  });

  test('an error that nobody expected is logged, and tells nothing', async (t) => {
    const api = tinyAlibaba({
      Break: async () => {
        throw new Error('a secret');
      },
    });
    const server = await startTinyRpc(t, { api });
    const answer = await send(server, form('Break', { Text: 'x' }));
    assert.deepEqual([answer.status, bodyOf(answer).Code], [500, 'InternalServerError']);
    assert.doesNotMatch(answer.body, /secret/);
    assert.partialDeepStrictEqual(server.logged, [{ details: { requestId: 'request-1', target: 'Break' } }]);
  });
});

describe('sizes', () => {
  const LIMIT = 1_048_576;
  const padded = (size: number): Sent => {
    const { body = '', ...sent } = form('Echo', { Text: 'x' });
    return { ...sent, body: `${body}${'&'.repeat(size - body.length)}` };
  };

  test('a body of 1024 KiB is taken', async (t) => {
    assert.equal((await send(await startTinyRpc(t), padded(LIMIT))).status, 200);
  });

  test('one more byte is too much', async (t) => {
    const answer = await send(await startTinyRpc(t), padded(LIMIT + 1));
    assert.equal(answer.status, 400);
    assert.equal(answer.headers.get('connection'), 'close');
    assert.partialDeepStrictEqual(bodyOf(answer), {
      Code: 'EntityTooLarge',
      Message: 'The payload size exceeds maximum allowed size (1048576 bytes).',
      HostId: HOST,
    });
  });

  test('chunks are counted as they come', async (t) => {
    const connection = await (await startTinyRpc(t)).connect();
    connection.send(
      `POST / HTTP/1.1\r\nhost: ${HOST}\r\ncontent-type: ${FORM}\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    const chunk = `10000\r\n${'&'.repeat(65_536)}\r\n`;
    connection.send(chunk.repeat(17));
    const answer = await connection.receive();
    assert.deepEqual([answer.status, bodyOf(answer).Code], [400, 'EntityTooLarge']);
  });

  test('a smaller limit of the server holds too', async (t) => {
    const answer = await send(
      await startTinyRpc(t, { limits: { 'server.requestBytes': 5_000 } }),
      padded(5_001),
    );
    assert.match(String(bodyOf(answer).Message), /\(5000 bytes\)/);
  });
});
