import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formText, signV1, signV3 } from '../../support/sign-alibaba.ts';
import {
  CALL,
  FORM,
  HEADERS,
  inBody,
  inQuery,
  MISMATCH,
  NOW,
  type Sent,
  SIGNING,
  TEMPORARY,
  verify,
} from '../../support/verify-alibaba.ts';

describe('requests of the real clients', () => {
  const VECTOR_V1 = {
    AccessKeyId: 'testid',
    Action: 'CreateFlow',
    Definition: "version: v1\ntype: flow\nsteps:\n  - type: pass\n    name: p~*!()'",
    Description: 'd d',
    Format: 'JSON',
    Name: 'f1',
    Signature: 'DsuxTsTFqvnCbAZHc9BqJrGWRAI=',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: '98faf38d5d960760c850f3b02d61650c',
    SignatureVersion: '1.0',
    Timestamp: '2026-11-20T11:22:48Z',
    Type: 'FDL',
    Version: '2019-03-15',
  };
  const VECTOR_V3 = {
    host: '127.0.0.1:18080',
    'x-acs-action': 'DescribeExecution',
    'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-acs-credentials-provider': 'static_ak',
    'x-acs-date': '2026-11-20T11:23:03Z',
    'x-acs-signature-nonce': 'a4758c538f3143b8e42f8f8b21e417bc',
    'x-acs-version': '2019-03-15',
  };
  const authorization = (signature: string): string =>
    `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${Object.keys(VECTOR_V3).join(';')},Signature=${signature}`;
  const url = '/?FlowName=f1&ExecutionName=e1&WaitTimeSeconds=20';
  const v3 = authorization('4a9cb18a5cf1dbe59ac948ba775476840ad90f2a120da444b1b98ffc2795e5dd');

  test('version 1, in a form', () => assert.equal(verify(inBody(VECTOR_V1)), 'testid'));

  test('version 1 with less strictly encoded values', () => {
    const body = formText(VECTOR_V1).replaceAll('%2A', '*').replaceAll('%7E', '~').replaceAll('%20', '+');
    assert.equal(verify({ headers: { 'content-type': FORM }, body }), 'testid');
  });

  test('version 1 is of its method', () =>
    assert.deepEqual(verify(inQuery(VECTOR_V1)), [403, 'SignatureNotMatch', MISMATCH]));

  test('version 3, in headers', () =>
    assert.equal(verify({ method: 'GET', url, headers: { ...VECTOR_V3, authorization: v3 } }), 'testid'));

  test('version 3 is of its query', () =>
    assert.deepEqual(
      verify({ method: 'GET', url: `${url}1`, headers: { ...VECTOR_V3, authorization: v3 } }),
      [403, 'SignatureNotMatch', MISMATCH],
    ));
});

describe('accepted', () => {
  const form = { 'content-type': FORM };
  const split = (): Sent => {
    const { Text = '', ...system } = signV1('POST', CALL, SIGNING);
    return { ...inQuery(system, 'POST'), headers: form, body: formText({ Text }) };
  };
  const body = formText({ Text: CALL.Text });
  const table: readonly [string, () => Sent, string][] = [
    ['version 1 in the query', () => inQuery(signV1('GET', CALL, SIGNING)), 'testid'],
    ['version 1 in a form', () => inBody(signV1('POST', CALL, SIGNING)), 'testid'],
    ['version 1 in both', split, 'testid'],
    [
      'version 1 in a body without a type',
      () => ({ body: formText(signV1('POST', CALL, SIGNING)) }),
      'testid',
    ],
    ['version 1 with a token', () => inBody(signV1('POST', CALL, TEMPORARY)), 'STS.temporary'],
    [
      'version 1 with an empty token',
      () => inBody(signV1('POST', { ...CALL, SecurityToken: '' }, SIGNING)),
      'testid',
    ],
    [
      'version 1 behind a proxy that adds its own Authorization',
      () => ({ ...inBody(signV1('POST', CALL, SIGNING)), headers: { ...form, authorization: 'Basic eA==' } }),
      'testid',
    ],
    [
      'version 3 with a query',
      () => ({
        ...inQuery({ Text: CALL.Text }),
        headers: signV3({ method: 'GET', query: { Text: CALL.Text }, headers: HEADERS }, SIGNING),
      }),
      'testid',
    ],
    [
      'version 3 with a form',
      () => ({ headers: signV3({ method: 'POST', body, headers: { ...HEADERS, ...form } }, SIGNING), body }),
      'testid',
    ],
    [
      'version 3 with JSON',
      () => {
        const headers = { ...HEADERS, 'content-type': 'application/json; charset=utf-8' };
        return {
          headers: signV3({ method: 'POST', body: '{"Text":"x"}', headers }, SIGNING),
          body: '{"Text":"x"}',
        };
      },
      'testid',
    ],
    [
      'version 3 with a token',
      () => ({ headers: signV3({ method: 'POST', headers: HEADERS }, TEMPORARY) }),
      'STS.temporary',
    ],
    [
      'version 3 with spaces after commas',
      () => {
        const headers = signV3({ method: 'POST', headers: HEADERS }, SIGNING);
        return { headers: { ...headers, authorization: headers.authorization?.replaceAll(',', ', ') ?? '' } };
      },
      'testid',
    ],
  ];
  for (const [title, sent, id] of table) test(title, () => assert.equal(verify(sent()), id));

  for (const minutes of [-15, 15])
    test(`a clock ${minutes} minutes off`, () => {
      const signing = { ...SIGNING, time: NOW + minutes * 60_000 };
      assert.equal(verify(inBody(signV1('POST', CALL, signing))), 'testid');
      assert.equal(verify({ headers: signV3({ method: 'POST', headers: HEADERS }, signing) }), 'testid');
    });
});
