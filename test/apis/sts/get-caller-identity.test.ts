import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sts } from '../../../src/apis/sts/index.ts';
import { requestText } from '../../support/raw-http.ts';
import { sign } from '../../support/sign.ts';
import { KEY, NOW, startTinyServer, type TinyServer, tinyApi } from '../../support/tiny-server.ts';

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';
const ASKED = 'Action=GetCallerIdentity&Version=2011-06-15';
const GUEST = { id: 'AKIDGUEST', secret: 'another' };

interface Asking {
  readonly body?: string;
  readonly key?: { readonly id: string; readonly secret: string };
  readonly service?: string;
}

/** A form as the vendor's clients send it. */
async function ask(server: TinyServer, { body = ASKED, key = KEY, service = 'sts' }: Asking = {}) {
  const connection = await server.connect();
  const headers = sign({ headers: { 'content-type': FORM }, body }, { ...key, service, time: NOW });
  connection.send(requestText('POST', '/', { headers, body }));
  const response = await connection.receive();
  connection.socket.destroy();
  assert.equal(response.headers.get('content-type'), 'text/xml');
  assert.ok(response.headers.get('x-amzn-requestid'));
  return response;
}

const codeOf = (body: string): string | undefined => /<Code>(.*)<\/Code>/.exec(body)?.[1];

describe('decoding', () => {
  test('a form names the action, in the order and with the parameters that it likes', async (t) => {
    const server = await startTinyServer(t, { api: sts });
    const bodies = [ASKED, 'Version=2011-06-15&x=%ff&Action=GetCallerIdentity', `${ASKED}&Action=Nap`];
    for (const body of bodies) assert.equal((await ask(server, { body })).status, 200, body);
  });

  test('JSON beside it is still JSON', async (t) => {
    const server = await startTinyServer(t, { api: [sts, tinyApi({ Echo: async () => ({ a: 1 }) })] });
    assert.equal((await server.call('Echo', '{"text":"x"}')).body, '{"a":1}');
  });
});

describe('validation', () => {
  const table: readonly [string, Asking, number, string][] = [
    ['another action', { body: 'Action=AssumeRole&Version=2011-06-15' }, 400, 'InvalidAction'],
    ['another version', { body: 'Action=GetCallerIdentity&Version=x' }, 400, 'InvalidAction'],
    ['another service', { body: 'Action=GetUser&Version=2010-05-08', service: 'iam' }, 400, 'InvalidAction'],
    ['nothing', { body: '' }, 400, 'InvalidAction'],
    ['a key that is not known', { key: { id: 'AKIDNOBODY', secret: 'x' } }, 403, 'InvalidClientTokenId'],
    ['a wrong secret', { key: { ...KEY, secret: 'x' } }, 403, 'SignatureDoesNotMatch'],
    ['a signature for another service', { service: 'swf' }, 403, 'SignatureDoesNotMatch'],
  ];
  for (const [title, asking, status, code] of table)
    test(title, async (t) => {
      const answer = await ask(await startTinyServer(t, { api: sts }), asking);
      assert.deepEqual([answer.status, codeOf(answer.body)], [status, code]);
      assert.match(
        answer.body,
        /^<ErrorResponse><Error><Type>Sender<\/Type>.*<RequestId>request-1<\/RequestId>/,
      );
    });

  test('a form without a signature that counts is not read at any length', async (t) => {
    const body = `Action=GetCallerIdentity&Version=2011-06-15&${'%61&'.repeat(5000)}`;
    const { status } = await ask(await startTinyServer(t, { api: sts }), { body });
    assert.equal(status, 413);
  });

  test('an error has the client’s words as text', async (t) => {
    const server = await startTinyServer(t, { api: sts });
    const { body } = await ask(server, { body: 'Action=%3Ca%26%00&Version=1' });
    assert.match(body, /<Message>Could not find operation &lt;a&amp;\ufffd for version 1<\/Message>/);
  });
});

describe('behaviour', () => {
  test('a caller is told who it is', async (t) => {
    const { status, body } = await ask(await startTinyServer(t, { api: sts }));
    assert.equal(status, 200);
    assert.equal(
      body,
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        '<Arn>arn:aws:iam::000000000000:user/ops</Arn><UserId>ops</UserId><Account>000000000000</Account>' +
        '</GetCallerIdentityResult><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>' +
        '</GetCallerIdentityResponse>',
    );
  });

  test('whatever it may do otherwise', async (t) => {
    const { status, body } = await ask(await startTinyServer(t, { api: sts }), { key: GUEST });
    assert.deepEqual([status, /<UserId>(.*)<\/UserId>/.exec(body)?.[1]], [200, 'guest']);
  });
});
