import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Permission } from '../../src/apis/api.ts';
import { authenticateByKey, authenticateNobody } from '../../src/server/authenticate.ts';
import { tinyAlibaba, VERSION } from '../support/tiny-alibaba.ts';
import { bodyOf, FORM, form, query, type Sent, SIGNING, send, startTinyRpc } from '../support/tiny-rpc.ts';
import { KEY, startTinyServer } from '../support/tiny-server.ts';

describe('who may do what', () => {
  const principal = { ...KEY, account: '123456789012', arn: 'arn:aws:iam::123456789012:user/ops' };

  test('a policy sees what is asked', async (t) => {
    const seen: Permission[] = [];
    const allows = (permission: Permission): boolean => seen.push(permission) > 0;
    const authentication = authenticateByKey([{ ...principal, allows }], 'cn-hangzhou');
    await send(await startTinyRpc(t, { authentication }), form('Echo', { Text: 'x' }));
    assert.partialDeepStrictEqual(seen, [
      {
        action: 'tiny:Echo',
        resource: 'acs:tiny:cn-hangzhou:123456789012:thing/x',
        context: { 'acs:SourceIp': '127.0.0.1', 'tiny:text': 'x' },
      },
    ]);
  });

  test('what is not allowed is not done', async (t) => {
    const api = tinyAlibaba({ Echo: () => assert.fail('it ran') });
    const authentication = authenticateByKey([{ ...principal, allows: () => false }], 'cn-hangzhou');
    const answer = await send(await startTinyRpc(t, { api, authentication }), form('Echo', { Text: 'x' }));
    assert.equal(answer.status, 403);
    assert.equal(bodyOf(answer).Code, 'AccessDenied');
    assert.match(
      String(bodyOf(answer).Message),
      /^The resources doesn't belong to you\..*tiny:Echo.*thing\/x/,
    );
  });

  test('with authentication off anybody is believed, signed or not', async (t) => {
    const authentication = authenticateNobody('123456789012', 'cn-hangzhou');
    const api = tinyAlibaba({ Who: async (_, { account, region }) => ({ account, region }) });
    const server = await startTinyRpc(t, { api, authentication });
    const expected = { account: '123456789012', region: 'cn-hangzhou' };
    const path = `/?Action=Who&Version=${VERSION}&Text=x`;
    const requests: Sent[] = [
      { method: 'GET', path },
      { path: '/', headers: { 'content-type': FORM }, body: path.slice(2) },
      { method: 'GET', path: '/?Text=x', headers: { 'x-acs-action': 'Who', 'x-acs-version': VERSION } },
      form('Who', { Text: 'x' }, { ...SIGNING, id: 'nobody', secret: 'x' }),
    ];
    for (const sent of requests) assert.partialDeepStrictEqual(bodyOf(await send(server, sent)), expected);
  });
});

describe('what is meant for somebody else', () => {
  const aws = 'application/x-amz-json-1.0';
  const unknown = /com\.amazon\.coral\.service#UnknownOperationException/;
  const noAction = /<Code>InvalidAction<\/Code>.*operation GetUser/;
  const noPath = /"not-found"/;
  const table: readonly [string, Sent, number, RegExp][] = [
    ['nothing but a path', { method: 'GET' }, 404, noPath],
    ['a query of other names', { method: 'GET', path: '/?action=Echo' }, 404, noPath],
    ['another path', { method: 'GET', path: '/x?Action=Echo' }, 404, noPath],
    ['another method', { method: 'DELETE', path: '/?Action=Echo' }, 404, noPath],
    ['a form of other names', { headers: { 'content-type': FORM }, body: 'a=b' }, 400, unknown],
    ['JSON', { headers: { 'content-type': aws }, body: '{}' }, 400, unknown],
    ['nothing at all', {}, 400, unknown],
    [
      'a form signed for AWS',
      { headers: { 'content-type': FORM, authorization: 'AWS4-HMAC-SHA256 x' }, body: 'Action=GetUser' },
      400,
      noAction,
    ],
    ['a target of AWS', { path: '/?Action=Echo', headers: { 'x-amz-target': 'Tiny.Echo' } }, 400, unknown],
  ];
  for (const [title, sent, status, body] of table) {
    test(title, async (t) => {
      const answer = await send(await startTinyRpc(t), sent);
      assert.equal(answer.status, status);
      assert.match(answer.body, body);
      if (body === unknown) assert.equal(answer.headers.get('content-type'), aws);
    });

    test(`${title}, with no such API served`, async (t) => {
      const answer = await send(await startTinyServer(t), sent);
      assert.equal(answer.status, status);
      assert.match(answer.body, body);
    });
  }

  test('its own requests, with no such API served', async (t) => {
    const server = await startTinyServer(t);
    assert.equal((await send(server, query('Echo', { Text: 'x' }))).status, 404);
    assert.match((await send(server, form('Echo', { Text: 'x' }))).body, unknown);
  });
});
