import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signV1, signV3, type Texts } from '../../support/sign-alibaba.ts';
import {
  CALL,
  HEADERS,
  inBody,
  MISMATCH,
  NOW,
  SIGNING,
  TEMPORARY,
  verifier,
  verify,
} from '../../support/verify-alibaba.ts';

describe('version 1 refused', () => {
  const sign = (parameters: Texts = CALL, signing = SIGNING): Record<string, string> =>
    signV1('POST', parameters, signing);
  const without = (name: string): Texts => {
    const { [name]: _, ...rest } = sign();
    return rest;
  };
  const missing = (name: string) => [
    400,
    'MissingRequiredParams',
    `The HTTP query '${name}' must be specified.`,
  ];
  const skewed = (time: string) => [
    403,
    'RequestTimeTooSkewed',
    `The difference between the request time '${time}' and the current time '2026-11-20T11:30:00Z' is too large.`,
  ];
  const wrongToken = (id: string) => [
    403,
    'InvalidAccessKeyID',
    `The AccessKey ID '${id}' is invalid. The security token is not the one that belongs to it.`,
  ];
  const invalid = (message: string) => [400, 'InvalidArgument', message];
  const aTime = "The parameter 'Timestamp' must be a UTC time such as 2026-11-20T11:22:48Z.";
  const required = [
    'AccessKeyId',
    'Signature',
    'SignatureMethod',
    'SignatureVersion',
    'SignatureNonce',
    'Timestamp',
  ];
  const table: readonly [string, Texts, readonly unknown[]][] = [
    ...required.map((name): [string, Texts, unknown[]] => [`no ${name}`, without(name), missing(name)]),
    ['an empty nonce', sign({ ...CALL, SignatureNonce: '' }), missing('SignatureNonce')],
    [
      'another method',
      sign({ ...CALL, SignatureMethod: 'HMAC-SHA256' }),
      invalid("The parameter 'SignatureMethod' must be HMAC-SHA1."),
    ],
    [
      'another version',
      sign({ ...CALL, SignatureVersion: '2.0' }),
      invalid("The parameter 'SignatureVersion' must be 1.0."),
    ],
    [
      'an unknown key',
      sign(CALL, { ...SIGNING, id: 'nobody' }),
      [403, 'InvalidAccessKeyID', "The AccessKey ID 'nobody' is invalid."],
    ],
    [
      'another secret',
      sign(CALL, { ...SIGNING, secret: 'testsecres' }),
      [403, 'SignatureNotMatch', MISMATCH],
    ],
    ['a changed parameter', { ...sign(), Text: 'b' }, [403, 'SignatureNotMatch', MISMATCH]],
    ['one more parameter', { ...sign(), Note: '' }, [403, 'SignatureNotMatch', MISMATCH]],
    ['a shorter signature', { ...sign(), Signature: 'eA==' }, [403, 'SignatureNotMatch', MISMATCH]],
    ['too old', sign(CALL, { ...SIGNING, time: NOW - 901_000 }), skewed('2026-11-20T11:14:59Z')],
    ['too young', sign(CALL, { ...SIGNING, time: NOW + 901_000 }), skewed('2026-11-20T11:45:01Z')],
    ['a time of another form', sign({ ...CALL, Timestamp: '2026-11-20 11:30:00' }), invalid(aTime)],
    ['a time that is none', sign({ ...CALL, Timestamp: '2026-13-20T11:30:00Z' }), invalid(aTime)],
    [
      'a nonce without end',
      sign(CALL, { ...SIGNING, nonce: 'n'.repeat(129) }),
      invalid('A signature nonce must have at most 128 characters.'),
    ],
    ['a token where none belongs', sign(CALL, { ...SIGNING, sessionToken: 'x' }), wrongToken('testid')],
    ['another token', sign(CALL, { ...TEMPORARY, sessionToken: 'the tokem' }), wrongToken('STS.temporary')],
    [
      'no token',
      sign(CALL, { id: 'STS.temporary', secret: 'another', time: NOW }),
      wrongToken('STS.temporary'),
    ],
  ];
  for (const [title, parameters, expected] of table)
    test(title, () => assert.deepEqual(verify(inBody(parameters)), expected));

  test('a nonce that was used', () => {
    const check = verifier();
    const sent = inBody(sign(CALL, { ...SIGNING, nonce: 'n' }));
    assert.equal(verify(sent, check), 'testid');
    const used = [400, 'SignatureNonceUsed', "The signature nonce 'n' was used already."];
    assert.deepEqual(verify(sent, check), used);
    assert.deepEqual(
      verify({ headers: signV3({ method: 'POST', headers: HEADERS }, { ...SIGNING, nonce: 'n' }) }, check),
      used,
    );
    const later = NOW + 15 * 60_000;
    assert.equal(verify(inBody(sign(CALL, { ...SIGNING, nonce: 'n', time: later })), check, later), 'testid');
  });

  test('a nonce is remembered for as long as its time would be accepted', () => {
    const check = verifier();
    const sent = inBody(sign(CALL, { ...SIGNING, nonce: 'n', time: NOW + 15 * 60_000 }));
    assert.equal(verify(sent, check), 'testid');
    const last = verify(sent, check, NOW + 30 * 60_000 - 1);
    assert.equal(last[1], 'SignatureNonceUsed');
  });

  test('what was refused has not used its nonce', () => {
    const check = verifier();
    const signing = { ...SIGNING, nonce: 'n' };
    assert.equal(verify(inBody({ ...sign(CALL, signing), Text: 'b' }), check)[1], 'SignatureNotMatch');
    assert.equal(verify(inBody(sign(CALL, signing)), check), 'testid');
  });
});
